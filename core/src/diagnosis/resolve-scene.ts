import { familyOf } from "../addresses/address.ts";
import type { Answer, KubeObject } from "../cluster/cluster.ts";
import type { Flow, Name, Scene, SceneNode, ScenePod, SceneService } from "../judging/scene.ts";
import { selectsPod } from "../judging/scene.ts";
import type { PodRef, Subject, Target } from "../judging/subject.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as nodesProbe } from "../probes/nodes.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { probe as podsProbe } from "../probes/pods.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { probe as servicesProbe } from "../probes/services.ts";
import { nodeWindows, runningContainers } from "../probing/containers.ts";
import { type Asking, type Question, question, tryAskAll, type Vantage } from "../probing/probe.ts";
import { standingQuestions } from "./always-asked.ts";
import { choosePods, isUsable, scenePod } from "./choose-pods.ts";
import { flowsOf, namesOf, returnsOf, witnessOf } from "./flows.ts";
import { lookingOrder } from "./looking-order.ts";
import { hurried } from "./patience.ts";

/** What a diagnosis may be told beyond its subject. */
export interface SceneOptions {
  /** Seconds a dial waits for an answer. */
  readonly patience: number;
  /** Seconds after which silence inside the cluster is believed at first; undefined: only the full patience counts. */
  readonly haste: number | undefined;
  /** Addresses outside the cluster to try, for a survey. */
  readonly outside: readonly string[];
  /** Somebody named them; that one of them is not reached in either family matters then. */
  readonly outsideAsked: boolean;
}

export const kubeDns = { namespace: "kube-system", name: "kube-dns" };

/** Resolves the subject against the API, in few rounds of questions: who is meant, and what stands around them. */
export function* resolveScene(subject: Subject, options: SceneOptions): Asking<Scene> {
  const first = yield* meet(subject);
  const chosen = choosePods(subject, first.pods, first.backends);
  const target = subject.to;
  const nodeNames = [...new Set([...chosen.pods.map(({ node }) => node), ...targetNodes(target, first.nodes)])].filter(
    Boolean,
  );
  const around = yield* surroundings(nodeNames, chosen.pods, target);
  const nodes = nodeNames.map((name) => first.nodes.find((node) => node.name === name) ?? bareNode(name));
  const services = servicesOf(target, chosen.pods, around.services);
  const parts = { subject, options, pods: chosen.pods, nodes, allNodes: first.nodes, services, dns: around.dns };
  const hurry = <T extends Flow | Name>(one: T): T => hurried(one, options.haste);
  const flows = flowsOf(parts).map(hurry);
  const witness = witnessOf(parts, around.pods.filter(isUsable).map(scenePod));
  const pods = [...first.pods, ...first.backends, ...around.pods];
  const scene: Omit<Scene, "standing"> = {
    pods: chosen.pods,
    nodes,
    allNodes: first.nodes,
    services,
    flows,
    returns: returnsOf(parts).map(hurry),
    names: namesOf({ ...parts, domain: around.domain }).map(hurry),
    ...(witness ? { witness: hurry(witness) } : {}),
    chosen: [...chosen.reasons, ...leaving(flows)],
    containers: (vantage) => containersOf(vantage, pods),
    order: lookingOrder(chosen.pods, nodes),
  };
  return { ...scene, standing: (vantage) => standingQuestions(scene, vantage, options.patience) };
}

/** Nobody should have to find out from a firewall's log that a diagnosis dials out. */
function leaving(flows: readonly Flow[]): string[] {
  const outside = flows.filter(
    ({ scope, port, expectListener }) => scope === "outside" && port === 53 && !expectListener,
  );
  if (outside.length === 0) return [];
  return [
    `traffic that leaves the cluster: TCP connections to port 53 of ${outside.map(({ host }) => host).join(" and ")}`,
  ];
}

interface Met {
  /** The pods of the subject, or all pods for a survey. */
  readonly pods: readonly KubeObject[];
  /** Pods behind the target Service, one on another node than the source if there is one. */
  readonly backends: readonly KubeObject[];
  readonly nodes: readonly SceneNode[];
}

function* meet(subject: Subject): Asking<Met> {
  const { from, to } = subject;
  const target = to?.kind === "pod" ? to : undefined;
  const service = to?.kind === "service" ? to : undefined;
  const slicesOf = service && { namespace: service.namespace, service: service.name };
  const [nodes, slices, ...pods] = yield* tryAskAll<unknown>([
    question(nodesProbe, {}),
    ...(slicesOf ? [question(endpointSlices, slicesOf)] : [question(nodesProbe, {})]),
    ...(from ? [question(podProbe, refOf(from))] : []),
    ...(target ? [question(podProbe, refOf(target))] : []),
    ...(from && to ? (to.kind === "node" ? [question(podsProbe, { node: to.name })] : []) : [question(podsProbe, {})]),
  ]);
  const endpoints = slicesOf && slices?.ok ? backendRefs(slices.value as KubeObject[]) : [];
  const behind = yield* tryAskAll(endpoints.map((ref) => question(podProbe, ref)));
  return { pods: objectsOf(pods), backends: objectsOf(behind), nodes: objectsOf(nodes ? [nodes] : []).map(sceneNode) };
}

/** Up to two pods, of different nodes if the slices allow it. */
function backendRefs(slices: readonly KubeObject[]): PodRef[] {
  const endpoints = slices.flatMap(({ endpoints: listed, metadata }) =>
    ((listed ?? []) as { targetRef?: { kind?: string; name: string }; nodeName?: string }[])
      .filter(({ targetRef }) => targetRef?.kind === "Pod")
      .map(({ targetRef, nodeName }) => ({
        nodeName,
        namespace: metadata.namespace ?? "",
        name: targetRef?.name ?? "",
      })),
  );
  const byNode = [...new Map(endpoints.map((endpoint) => [endpoint.nodeName ?? endpoint.name, endpoint])).values()];
  return byNode.slice(0, 2).map(refOf);
}

function objectsOf(answers: readonly Answer<unknown>[]): KubeObject[] {
  return answers.flatMap((answer) => (answer.ok ? (answer.value as KubeObject | KubeObject[]) : []));
}

interface Around {
  readonly pods: readonly KubeObject[];
  readonly services: readonly KubeObject[];
  readonly dns: KubeObject | undefined;
  readonly domain: string;
}

function* surroundings(
  nodes: readonly string[],
  pods: readonly ScenePod[],
  target: Target | undefined,
): Asking<Around> {
  const namespaces = target?.kind === "service" ? [] : [...new Set(pods.slice(1).map(({ namespace }) => namespace))];
  const questions: Question[] = [
    question(serviceProbe, kubeDns),
    question(configMap, { namespace: "kube-system", name: "coredns" }),
    ...(target?.kind === "service" ? [question(serviceProbe, refOf(target))] : []),
    ...namespaces.map((namespace) => question(servicesProbe, { namespace })),
    ...nodes.map((node) => question(podsProbe, { node })),
  ];
  const [dns, corefile, ...rest] = (yield* tryAskAll<unknown>(questions)) as readonly Answer<never>[];
  const objects = objectsOf(rest);
  return {
    pods: objects.filter((object) => object.kind === "Pod"),
    services: objects.filter((object) => object.kind !== "Pod"),
    dns: dns?.ok ? dns.value : undefined,
    domain: clusterDomain(corefile?.ok ? corefile.value : undefined),
  };
}

/** The zone CoreDNS serves Kubernetes names in; cluster.local unless its Corefile says otherwise. */
function clusterDomain(corefile: KubeObject | undefined): string {
  const text = String(corefile?.data?.Corefile ?? "");
  return /^\s*kubernetes\s+([a-z0-9.-]+)/m.exec(text)?.[1] ?? "cluster.local";
}

function refOf({ namespace, name }: { namespace: string; name: string }): { namespace: string; name: string } {
  return { namespace, name };
}

/** The target Service, or for a survey the Services that select the pods which are dialled; who asks for a pod gets the pod. */
function servicesOf(
  target: Target | undefined,
  pods: readonly ScenePod[],
  found: readonly KubeObject[],
): SceneService[] {
  if (target && target.kind !== "service" && target.kind !== "node") return [];
  const dialled = pods.slice(1);
  const wanted = found.filter((service) =>
    target?.kind === "service"
      ? service.metadata.name === target.name && service.metadata.namespace === target.namespace
      : dialled.some((pod) => selectsPod(service, pod)),
  );
  return wanted
    .slice(0, 3)
    .map((object) => ({ namespace: object.metadata.namespace ?? "", name: object.metadata.name, object }));
}

function targetNodes(target: Target | undefined, nodes: readonly SceneNode[]): string[] {
  if (target?.kind === "node") return [target.name];
  if (target?.kind !== "address") return [];
  return nodes.filter(({ internalIPs }) => internalIPs.includes(target.address)).map(({ name }) => name);
}

export function sceneNode(object: KubeObject): SceneNode {
  const addresses = (object.status?.addresses ?? []) as { type: string; address: string }[];
  return {
    name: object.metadata.name,
    internalIPs: addresses
      .filter(({ type, address }) => type === "InternalIP" && familyOf(address))
      .map(({ address }) => address),
    podCIDRs: object.spec?.podCIDRs ?? [],
    object,
  };
}

function bareNode(name: string): SceneNode {
  return { name, internalIPs: [], podCIDRs: [], object: { kind: "Node", metadata: { name } } };
}

function containersOf(vantage: Vantage, pods: readonly KubeObject[]) {
  if (vantage.kind === "api") return [];
  if (vantage.kind === "node") return nodeWindows(distinct(pods).filter((pod) => pod.spec?.nodeName === vantage.node));
  const pod = pods.find(({ metadata }) => metadata.name === vantage.pod && metadata.namespace === vantage.namespace);
  return pod ? runningContainers(pod) : [];
}

function distinct(pods: readonly KubeObject[]): KubeObject[] {
  return [
    ...new Map(pods.filter(isUsable).map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod])).values(),
  ];
}
