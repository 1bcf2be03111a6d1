import type { KubeObject } from "../cluster/cluster.ts";
import type { SceneNode, ScenePod } from "../judging/scene.ts";

/** What the choice of a pod to dial from goes by. */
export interface Choosing {
  readonly nodes: readonly SceneNode[];
  /** The context's namespace; its pods come first. */
  readonly namespace: string | undefined;
  /** Pods that turned out to be of no use, with why. */
  readonly passedOver: readonly PassedOver[];
  /** Whether a pod is on another node than what it would dial; undefined if it is the target itself. */
  far(pod: ScenePod): boolean | undefined;
}

export interface PassedOver {
  readonly namespace: string;
  readonly name: string;
  readonly why: string;
  /** The whole namespace is out of bounds. */
  readonly namespaceToo?: boolean;
}

export interface ChosenSource {
  readonly pod: ScenePod;
  /** "ready, on a ready node, in namespace default" */
  readonly because: string;
}

/**
 * The pod to dial from: one whose container is likely to have a shell and room for it, that is ready on a ready node, outside
 * kube-system, of the context's namespace, and not the only replica of what made it, for it lives in somebody's application.
 */
export function chooseSource(pods: readonly ScenePod[], choosing: Choosing): ChosenSource | undefined {
  const { passedOver, far, nodes, namespace } = choosing;
  const isOut = (pod: ScenePod) =>
    passedOver.some((one) => one.namespace === pod.namespace && (one.namespaceToo || one.name === pod.name));
  const candidates = pods.filter((pod) => !isOut(pod) && far(pod) !== undefined);
  const scored = candidates.map((pod) => ({ pod, points: pointsOf(pod, candidates, choosing) }));
  const [best] = scored.sort((a, b) => comparePoints(b.points, a.points));
  if (!best) return undefined;
  const { pod } = best;
  const because = [
    isReady(pod.object) ? "ready" : "running, though not ready",
    ...(nodes.length === 0 ? [] : [isReadyNode(pod, nodes) ? "on a ready node" : "though its node is not ready"]),
    ...(pod.namespace === namespace ? ["of the context's namespace"] : []),
    ...(pod.namespace === system ? ["no other pod can be asked"] : []),
  ].join(", ");
  return { pod, because };
}

const system = "kube-system";

/** The weightiest first; one point decides where all before it are level. */
function pointsOf(pod: ScenePod, all: readonly ScenePod[], { nodes, namespace, far }: Choosing): boolean[] {
  return [
    isReadyNode(pod, nodes),
    isReady(pod.object),
    pod.namespace !== system,
    pod.namespace === namespace,
    Object.keys(pod.ips).length > 1,
    mayHaveShell(pod.object),
    hasRoom(pod.object),
    !isOnlyReplica(pod, all),
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

/** The kubelet answers, or nobody may look whether it does. */
export function isReadyNode({ node }: ScenePod, nodes: readonly SceneNode[]): boolean {
  const conditions = (nodes.find(({ name }) => name === node)?.object.status?.conditions ?? []) as {
    type: string;
    status: string;
  }[];
  const ready = conditions.find(({ type }) => type === "Ready");
  return ready === undefined || ready.status === "True";
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
    return quantityOf(memory) >= enoughMemory && quantityOf(cpu) >= enoughCores;
  });
}

const enoughMemory = 128 * 2 ** 20;
const enoughCores = 0.1;

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/; without a limit there is room. */
function quantityOf(quantity: string | undefined): number {
  const [, number, unit = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(quantity ?? "") ?? [];
  return number === undefined ? Number.POSITIVE_INFINITY : Number(number) * (units[unit] ?? 1);
}

const units: Readonly<Record<string, number>> = {
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

function isOnlyReplica({ object, namespace }: ScenePod, all: readonly ScenePod[]): boolean {
  const owner = ownerOf(object);
  if (owner === undefined) return false;
  return all.filter((pod) => pod.namespace === namespace && ownerOf(pod.object) === owner).length < 2;
}

function ownerOf({ metadata: { ownerReferences = [] } }: KubeObject): string | undefined {
  const [owner] = ownerReferences;
  return owner && `${owner.kind} ${owner.name}`;
}
