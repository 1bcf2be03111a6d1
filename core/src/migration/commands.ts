/** An argv; {@link commandText} writes it for a POSIX shell. */
export type Argv = readonly string[];

export function patchService(namespace: string, name: string, spec: Readonly<Record<string, unknown>>): Argv {
  return ["kubectl", "-n", namespace, "patch", "service", name, "--type", "merge", "-p", JSON.stringify({ spec })];
}

/** The server drops the second address and its family by itself. */
export function rollback(namespace: string, name: string): Argv {
  return patchService(namespace, name, { ipFamilyPolicy: "SingleStack" });
}

/** Undefined for what no controller makes anew. `path`: NAMESPACE/NAME. */
export function restart(kind: string, path: string): Argv | undefined {
  const [namespace = "", name = ""] = path.split("/");
  if (!["Deployment", "StatefulSet", "DaemonSet"].includes(kind)) return undefined;
  return ["kubectl", "-n", namespace, "rollout", "restart", `${kind.toLowerCase()}/${name}`];
}

/** The same with what it reads, as one line. */
export function pipedText(command: Argv, input: string | undefined): string {
  return input === undefined
    ? commandText(command)
    : `${commandText(["printf", "%s", input])} | ${commandText(command)}`;
}

/** Quoted, so that no name of a cluster is more than a word. */
function commandText(command: Argv): string {
  return command.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
