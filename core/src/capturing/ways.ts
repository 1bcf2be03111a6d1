import type { AbortSignalLike, Cluster, KubeObject, Refusal } from "../cluster/cluster.ts";
import { refused } from "../cluster/cluster.ts";
import type { Outpost } from "../cluster/outposts.ts";
import { containerIn, type Making, podOn } from "../outposts/outpost.ts";
import { stationIn, stationsOf } from "../outposts/station.ts";
import { type Container, nodeWindows, runningContainers } from "../probing/containers.ts";
import type { Point } from "./wish.ts";

/** Where a capture may be made from: a container that runs, or something that is created for it. */
export type CaptureWay =
  | { readonly kind: "running"; readonly container: Container }
  | { readonly kind: "created"; readonly outpost: Outpost; stations(): readonly Container[] };

/** What was found at a point. */
export interface Found {
  readonly pod: KubeObject | undefined;
  readonly node: string;
  /** It stands in the network of its node, where the capture itself goes through. */
  readonly inNode: boolean;
}

const pods = { apiVersion: "v1", resource: "pods" };
/** Containers that are tried for a program, at most. */
const mostTried = 4;
const looking = 10_000;

/** The pod of the point, or its node; refused where it does not run. */
export async function findPoint(
  cluster: Cluster,
  at: Point,
  signal: AbortSignalLike | undefined,
): Promise<Found | { readonly refusal: Refusal }> {
  if (at.kind === "node") {
    const node = await cluster.get({ apiVersion: "v1", resource: "nodes" }, at.node, signal ? { signal } : {});
    // Who may not read nodes may still be right about its name.
    if (!node.ok && node.refusal.reason !== "forbidden") return node;
    return { pod: undefined, node: at.node, inNode: true };
  }
  const { namespace } = at;
  const answer = await cluster.get(pods, at.pod, { namespace, ...(signal ? { signal } : {}) });
  if (!answer.ok) return answer;
  const { spec, status } = answer.value;
  if (status?.phase !== "Running")
    return refused(
      "not-running",
      `Pod ${namespace}/${at.pod} is ${status?.phase ?? "not there yet"}: it has no network.`,
    );
  return { pod: answer.value, node: spec?.nodeName ?? "", inNode: spec?.hostNetwork === true };
}

/**
 * A container of the point that has tcpdump already. One whose memory is limited is not tried: its application would have to make
 * room for it.
 */
export async function runningWay(
  cluster: Cluster,
  { pod, node }: Found,
  signal: AbortSignalLike | undefined,
): Promise<Container | undefined> {
  const open = (pod ? runningContainers(pod) : await windowsOf(cluster, node, signal)).filter(
    ({ limited }) => !limited,
  );
  for (const container of open.slice(0, mostTried)) {
    const asked = ["sh", "-c", "command -v tcpdump"];
    const answer = await cluster.run(container, asked, { timeout: looking, ...(signal ? { signal } : {}) });
    if (answer.ok && answer.value.exitCode === 0) return container;
  }
  return undefined;
}

async function windowsOf(
  cluster: Cluster,
  node: string,
  signal: AbortSignalLike | undefined,
): Promise<readonly Container[]> {
  const fieldSelector = `spec.nodeName=${node}`;
  const answer = await cluster.list(pods, { fieldSelector, ...(signal ? { signal } : {}) });
  return answer.ok ? nodeWindows(answer.value) : [];
}

/** What would be created to capture from: a container in the pod, or a pod on its node. */
export function createdWay(
  { pod, node }: Found,
  level: "ephemeral" | "privileged-node",
  making: Making,
): CaptureWay | undefined {
  if (level === "ephemeral") {
    if (!pod) return undefined;
    const outpost = containerIn(pod, making, true);
    return { kind: "created", outpost, stations: () => stationsOf(outpost).map(({ container }) => container) };
  }
  const { namespace = "", name = "" } = pod?.metadata ?? {};
  const outpost = podOn(node, level, making, pod ? { namespace, name } : undefined);
  const stations = () => {
    const found = pod && pod.spec?.hostNetwork !== true ? stationIn(outpost, pod) : stationsOf(outpost);
    // With the image's own tcpdump first, then with that of the node; what can read files alone cannot capture.
    const able = found.map(({ container }) => container).filter(({ outpost: view }) => view?.within === undefined);
    return [...able].reverse();
  };
  return { kind: "created", outpost, stations };
}
