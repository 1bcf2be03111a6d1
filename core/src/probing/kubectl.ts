import type { PodVantage } from "../cluster/cluster.ts";
import type { Container, OutpostView } from "./containers.ts";
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
function debugArgs(node: string, argv: readonly string[], image = "busybox"): string[] {
  const pod = ["debug", `node/${node}`, "-it", `--image=${image}`, "--profile=sysadmin"];
  return [...pod, "--", "chroot", "/host", ...argv];
}

/** What a person can type for what was seen from an outpost, which will be gone then; https://kubernetes.io/docs/reference/kubectl/generated/kubectl_debug/ */
export function outpostArgs(
  { namespace, pod, image }: Container,
  { level, node, within }: OutpostView,
  argv: readonly string[],
): string[] {
  const terminal = ["-it", `--image=${image}`];
  if (level === "ephemeral") return ["-n", namespace, "debug", pod, ...terminal, "--profile=restricted", "--", ...argv];
  if (level !== "probe-pod") return debugArgs(node, within === undefined ? argv : inNetworkOf(within, argv), image);
  const overrides = JSON.stringify({ spec: { nodeName: node } });
  return ["-n", namespace, "run", "look", "--rm", ...terminal, `--overrides=${overrides}`, "--", ...argv];
}

/** https://github.com/kubernetes-sigs/cri-tools/blob/master/docs/crictl.md */
function inNetworkOf(container: string, argv: readonly string[]): string[] {
  const pid = `crictl inspect -o go-template --template '{{.info.pid}}' ${container}`;
  return ["sh", "-c", `nsenter -t "$(${pid})" -n ${argv.map(quoted).join(" ")}`];
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
