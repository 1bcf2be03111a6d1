import type { PodVantage } from "../cluster/cluster.ts";
import type { Vantage } from "./probe.ts";

/** `kubectl ...` as one line for a POSIX shell, with the context; every word that needs it is in single quotes. */
export function kubectlLine(context: string, args: readonly string[]): string {
  return ["kubectl", ...(context === "" ? [] : ["--context", context]), ...args].map(quoted).join(" ");
}

/** `exec` into a container; a node is looked at through the pod that stands on it, or through one that kubectl makes. */
export function execArgs(through: PodVantage | undefined, vantage: Vantage, argv: readonly string[]): string[] {
  if (through) return ["-n", through.namespace, "exec", through.pod, "-c", through.container, "--", ...argv];
  if (vantage.kind === "pod") return ["-n", vantage.namespace, "exec", vantage.pod, "--", ...argv];
  return vantage.kind === "node" ? debugArgs(vantage.node, argv) : [...argv];
}

/** A command of a person's own choice on a node, through a pod that kubectl makes there. */
export function nodeLine(context: string, node: string, argv: readonly string[]): string {
  return kubectlLine(context, debugArgs(node, argv));
}

/** Words as one line for a POSIX shell. */
export function shellLine(argv: readonly string[]): string {
  return argv.map(quoted).join(" ");
}

/** A pod in the node's network, with the node's programs; https://kubernetes.io/docs/tasks/debug/debug-cluster/kubectl-node-debug/ */
function debugArgs(node: string, argv: readonly string[]): string[] {
  const pod = ["debug", `node/${node}`, "-it", "--image=busybox", "--profile=sysadmin"];
  return [...pod, "--", "chroot", "/host", ...argv];
}

/** Several lines for one node as one, so that one pod answers them all. */
export function debuggedTogether(lines: readonly string[]): string {
  const [first = ""] = lines;
  const mark = " -- chroot /host ";
  const commands = [...new Set(lines.map((line) => line.slice(line.indexOf(mark) + mark.length)))];
  if (commands.length < 2) return first;
  return `${first.slice(0, first.indexOf(mark) + mark.length)}sh -c ${quoted(commands.join("; "))}`;
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
