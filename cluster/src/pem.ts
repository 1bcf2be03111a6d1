import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";

/**
 * PEM in base64 wherever it was, as `kubectl config view --flatten` writes it. client-node would read the file with
 * every request, prefer it to the data where client-go does not, and throw what Node says of it. Refuses with `config`.
 */
export async function flattened(
  entry: { readonly name: string; readonly file: string },
  field: string,
  data: string | undefined,
  file: string | undefined,
): Promise<Answer<string | undefined>> {
  if (!data && !file) return answered(undefined);
  const source = data ? `${field}-data of "${entry.name}" in ${entry.file}` : resolve(dirname(entry.file), file ?? "");
  let base64: string;
  try {
    base64 = data ?? (await readFile(source, "base64"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    const message = `The file ${source}, named by "${entry.name}" in ${entry.file}, cannot be read: ${code}.`;
    return refused("config", message, `Put ${field} back, or get a new kubeconfig.`);
  }
  if (Buffer.from(base64, "base64").includes("-----BEGIN ")) return answered(base64);
  return refused(
    "config",
    `There is no PEM text in ${source}.`,
    `Correct ${field} in ${entry.file}, or get a new kubeconfig.`,
  );
}
