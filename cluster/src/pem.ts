import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Answer, answered, refused } from "#core/cluster.ts";
import { type Entry, folderOf } from "./kubeconfig-document.ts";
import { textIn } from "./mapping.ts";

/** Reads a file or the base64 text beside it, as kubeconfig has most things twice. */
export async function pemOf(entry: Entry | undefined, field: string): Promise<Answer<string | undefined>> {
  const data = textIn(entry?.fields, `${field}-data`);
  const file = textIn(entry?.fields, field);
  if (!entry || (!data && !file)) return answered(undefined);
  const source = data ? `${field}-data of "${entry.name}" in ${entry.file}` : resolve(folderOf(entry), file ?? "");
  let pem: string;
  try {
    pem = data ? Buffer.from(data, "base64").toString("utf8") : await readFile(source, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    const message = `The file ${source}, named by "${entry.name}" in ${entry.file}, cannot be read: ${code}.`;
    return refused("config", message, `Put ${field} back, or get a new kubeconfig.`);
  }
  if (pem.includes("-----BEGIN ")) return answered(pem);
  return refused(
    "config",
    `There is no PEM text in ${source}.`,
    `Correct ${field} in ${entry.file}, or get a new kubeconfig.`,
  );
}
