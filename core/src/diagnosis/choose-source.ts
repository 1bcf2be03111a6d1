import type { KubeObject } from "../cluster/cluster.ts";
import type { SceneNode } from "../judging/scene.ts";
import { quantityOf } from "../kinds/quantity.ts";
import { meshOf } from "../probing/mesh.ts";

/** What the choice of a pod to dial from goes by. */
export interface Choosing {
  readonly nodes: readonly SceneNode[];
  /** The context's namespace; its pods come first. */
  readonly namespace: string | undefined;
  /** Nobody could list the pods, so that nothing is known of those there are. */
  readonly unlisted?: boolean;
  /** Pods that turned out to be of no use, with why. */
  readonly passedOver: readonly PassedOver[];
  /** Whether a pod is on another node than what it would dial; undefined if it is the target itself. */
  far(pod: KubeObject): boolean | undefined;
}

export interface PassedOver {
  readonly namespace: string;
  readonly name: string;
  readonly why: string;
  /** The whole namespace is out of bounds. */
  readonly namespaceToo?: boolean;
}

export interface ChosenSource {
  readonly pod: KubeObject;
  /** "ready, on a ready node, in namespace default" */
  readonly because: string;
}

/**
 * The pod to dial from: one whose container is likely to have a shell and room for it, that is ready on a ready node, outside
 * kube-system and of every mesh, of the context's namespace, and not the only replica of what made it, for it lives in somebody's application.
 */
export function chooseSource(pods: readonly KubeObject[], choosing: Choosing): ChosenSource | undefined {
  const { passedOver, far, nodes, namespace } = choosing;
  const isOut = ({ metadata }: KubeObject) =>
    passedOver.some((one) => one.namespace === metadata.namespace && (one.namespaceToo || one.name === metadata.name));
  const candidates = pods.filter((pod) => !isOut(pod) && far(pod) !== undefined);
  const crowd = { sick: sickNodes(nodes), replicas: replicasIn(candidates) };
  let best: { readonly pod: KubeObject; readonly points: readonly boolean[] } | undefined;
  for (const pod of candidates) {
    const points = pointsOf(pod, crowd, choosing);
    // Of pods that are level the first one stays.
    if (!best || comparePoints(points, best.points) > 0) best = { pod, points };
  }
  if (!best) return undefined;
  const { pod } = best;
  const because = [
    isReady(pod) ? "ready" : "running, though not ready",
    ...(nodes.length === 0 ? [] : [isOnNode(pod, crowd.sick) ? "though its node is not ready" : "on a ready node"]),
    ...(pod.metadata.namespace === namespace ? ["of the context's namespace"] : []),
    ...(pod.metadata.namespace === system ? ["no other pod can be asked"] : []),
  ].join(", ");
  return { pod, because };
}

const system = "kube-system";

/** What is counted once, and not once a pod: a cluster has up to 150,000 of them on 5,000 nodes. */
interface Crowd {
  readonly sick: ReadonlySet<string>;
  /** How many pods there are of what made them. */
  readonly replicas: ReadonlyMap<string, number>;
}

/** The weightiest first; one point decides where all before it are level. */
function pointsOf(pod: KubeObject, { sick, replicas }: Crowd, { namespace, far }: Choosing): boolean[] {
  const owner = ownerOf(pod);
  return [
    !isOnNode(pod, sick),
    isReady(pod),
    pod.metadata.namespace !== system,
    // A proxy takes every connection of its pod.
    meshOf(pod) === undefined,
    pod.metadata.namespace === namespace,
    // At most one of each family.
    (pod.status?.podIPs ?? []).length > 1,
    mayHaveShell(pod),
    hasRoom(pod),
    owner === undefined || replicas.get(owner) !== 1,
    far(pod) === true,
  ];
}

function comparePoints(a: readonly boolean[], b: readonly boolean[]): number {
  const at = a.findIndex((point, index) => point !== b[index]);
  return at < 0 ? 0 : Number(a[at]) - Number(b[at]);
}

/** Nobody says that it is not. */
export function isReady({ status }: KubeObject): boolean {
  const conditions = (status?.conditions ?? []) as { type: string; status: string }[];
  return conditions.find(({ type }) => type === "Ready")?.status !== "False";
}

/** The nodes whose kubelet does not answer; of a node that nobody may look at it is not known. */
export function sickNodes(nodes: readonly SceneNode[]): ReadonlySet<string> {
  const sick = nodes.filter(({ object }) => {
    const conditions = (object.status?.conditions ?? []) as { type: string; status: string }[];
    const ready = conditions.find(({ type }) => type === "Ready");
    return ready !== undefined && ready.status !== "True";
  });
  return new Set(sick.map(({ name }) => name));
}

export function isOnNode(pod: KubeObject, nodes: ReadonlySet<string>): boolean {
  return nodes.has(pod.spec?.nodeName ?? "");
}

/** Images that hold one program and nothing else; what else has no shell shows when it is asked. */
const bare =
  /distroless|\bscratch\b|\bpause\b|cert-manager|calico\/(apiserver|kube-controllers|typha)|coredns|metrics-server|\/static\b/;

function mayHaveShell({ spec }: KubeObject): boolean {
  const containers = (spec?.containers ?? []) as { image?: string }[];
  return containers.some(({ image = "" }) => !bare.test(image));
}

/** An exec lives on the container's own memory and CPU. */
function hasRoom({ spec }: KubeObject): boolean {
  const containers = (spec?.containers ?? []) as { resources?: { limits?: { memory?: string; cpu?: string } } }[];
  return containers.some(({ resources }) => {
    const { memory, cpu } = resources?.limits ?? {};
    return limitOf(memory) >= enoughMemory && limitOf(cpu) >= enoughCores;
  });
}

const enoughMemory = 128 * 2 ** 20;
const enoughCores = 0.1;

/** Without a limit there is room. */
function limitOf(quantity: string | undefined): number {
  const amount = quantityOf(quantity);
  return Number.isNaN(amount) ? Number.POSITIVE_INFINITY : amount;
}

function replicasIn(pods: readonly KubeObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const owner = ownerOf(pod);
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

function ownerOf({ metadata: { namespace, ownerReferences = [] } }: KubeObject): string | undefined {
  const [owner] = ownerReferences;
  return owner && `${namespace} ${owner.kind} ${owner.name}`;
}
