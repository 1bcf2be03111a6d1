import type { KubeObject } from "../cluster/cluster.ts";
import type { Outpost } from "../cluster/outposts.ts";
import type { Container } from "../probing/containers.ts";
import type { Vantage } from "../probing/probe.ts";

/** An outpost that runs, as the container that answers for a vantage. */
export interface Station {
  readonly at: Vantage;
  readonly container: Container;
}

/** What an outpost is itself: a container in somebody's pod, a pod of its own, or its node. */
export function stationsOf(outpost: Outpost): Station[] {
  const { level, namespace, pod, node } = outpost;
  if (level === "ephemeral" || level === "probe-pod")
    return [{ at: { kind: "pod", namespace, pod }, container: containerOf(outpost) }];
  const at: Vantage = { kind: "node", node };
  const plain = { at, container: containerOf(outpost) };
  // The node's own programs know the packet filter that is in force there.
  return level === "node" ? [plain] : [{ at, container: containerOf(outpost, { prefix: asNode }) }, plain];
}

/** How a pod of the node is seen from there: its files of the network, or with privileges all of its network. */
export function stationIn(outpost: Outpost, pod: KubeObject): Station[] {
  const id = runtimeIdOf(pod);
  if (id === undefined || (outpost.level !== "node" && outpost.level !== "privileged-node")) return [];
  const at: Vantage = { kind: "pod", namespace: pod.metadata.namespace ?? "", pod: pod.metadata.name };
  const files = { at, container: containerOf(outpost, { within: id }) };
  if (outpost.level === "node") return [files];
  return [
    { at, container: containerOf(outpost, { prefix: ["sh", "-c", intoNetwork, "sh", id], ownFiles: true }) },
    files,
  ];
}

function containerOf(
  { level, namespace, pod, container, image, node }: Outpost,
  how: Omit<NonNullable<Container["outpost"]>, "level" | "node"> = {},
): Container {
  return { namespace, pod, container, image, limited: false, outpost: { level, node, ...how } };
}

const asNode = ["nsenter", "-t", "1", "-m", "--"];

/** Finds a process of the container and runs what comes behind in its network. */
const intoNetwork = `i=$1; shift; exec 8<&0 9>&2; for f in /proc/[0-9]*/cgroup; do
while IFS= read -r l; do case $l in *[/:-]"$i"|*[/:-]"$i".scope) f=${"$"}{f%/cgroup}; exec nsenter -t "${"$"}{f#/proc/}" -n -- "$@" <&8 2>&9 8<&- 9>&-;; esac; done <"$f"
done 2>/dev/null; exit 76`;

/** "containerd://4586a7..." of the first container that runs. */
function runtimeIdOf({ status }: KubeObject): string | undefined {
  const statuses = (status?.containerStatuses ?? []) as { containerID?: string; state?: { running?: unknown } }[];
  const running = statuses.find(({ state }) => state?.running !== undefined);
  return /:\/\/([0-9a-f]{12,64})$/.exec(running?.containerID ?? "")?.[1];
}
