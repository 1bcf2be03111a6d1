import type { PodVantage } from "../cluster/cluster.ts";

/** `kubectl ...` as one line for a POSIX shell, with the context; every word that needs it is in single quotes. */
export function kubectlLine(context: string, args: readonly string[]): string {
  return ["kubectl", ...(context === "" ? [] : ["--context", context]), ...args].map(quoted).join(" ");
}

/** `exec` into a container; a node is looked at through the pod that stands on it. */
export function execArgs(through: PodVantage | undefined, argv: readonly string[]): string[] {
  if (!through) return ["exec", "POD", "--", ...argv];
  return ["-n", through.namespace, "exec", through.pod, "-c", through.container, "--", ...argv];
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
