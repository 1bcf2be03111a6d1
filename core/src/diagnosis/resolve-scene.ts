import type { Answer, KubeObject, Refusal } from "../cluster/cluster.ts";
import type { Flow, Name, Scene, SceneNode, ScenePod, SceneService } from "../judging/scene.ts";
import { selectsPod } from "../judging/scene.ts";
import type { Subject, Target } from "../judging/subject.ts";
import type { ResolvConf } from "../linux/resolv-conf.ts";
import { probe as podsProbe } from "../probes/pods.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { probe as servicesProbe } from "../probes/services.ts";
import { type Container, nodeWindows, runningContainers } from "../probing/containers.ts";
import { type Asking, type Question, question, tryAskAll, type Vantage } from "../probing/probe.ts";
import { standingQuestions } from "./always-asked.ts";
import { choosePods, isUsable, scenePod } from "./choose-pods.ts";
import type { PassedOver } from "./choose-source.ts";
import { dnsOf, usualDns } from "./cluster-dns.ts";
import { flowsOf, namesOf, returnsOf, witnessOf } from "./flows.ts";
import { lookingOrder } from "./looking-order.ts";
import { meet, objectsAnswered, refOf } from "./meet.ts";
import { hurried } from "./patience.ts";
import { bareNode } from "./scene-node.ts";
import { undialled } from "./service-flows.ts";
import { whyNobody } from "./why-nobody.ts";

/** What a diagnosis may be told beyond its subject. */
export interface SceneOptions {
  /** Seconds a dial waits for an answer. */
  readonly patience: number;
  /** Seconds after which silence inside the cluster is believed at first; undefined: only the full patience counts. */
  readonly haste: number | undefined;
  /** Pods that were tried as a source and were of no use. */
  readonly passedOver: readonly PassedOver[];
  /** What the source's /etc/resolv.conf says, once it was read; until then the API's word for it is taken. */
  readonly resolver: ResolvConf | undefined;
}

/** Resolves the subject against the API, in few rounds of questions: who is meant, and what stands around them. */
export function* resolveScene(subject: Subject, options: SceneOptions): Asking<Scene> {
  const first = yield* meet(subject);
  const { passedOver } = options;
  const chosen = choosePods(subject, first.pods, first.backends, {
    passedOver,
    nodes: first.nodes,
    namespace: subject.namespace,
    unlisted: first.pods.length === 0 && first.unseen !== undefined,
  });
  const target = subject.to;
  const beside = [...targetNodes(target, first.nodes), ...first.behind.unnamedOn];
  const nodeNames = [...new Set([...chosen.pods.map(({ node }) => node), ...beside])].filter(Boolean);
  const around = yield* surroundings(nodeNames, chosen.pods, target);
  const door = yield* doorOf(subject);
  const dns = yield* dnsOf(options.resolver);
  const nodes = nodeNames.map((name) => first.nodes.find((node) => node.name === name) ?? bareNode(name));
  const services = servicesOf(target, chosen.pods, around.services);
  const { behind } = first;
  const parts = {
    subject,
    pods: chosen.pods,
    nodes,
    allNodes: first.nodes,
    services,
    behind,
    ...(door ? { door } : {}),
  };
  const hurry = <T extends Flow | Name>(one: T): T => hurried(one, options.haste);
  const flows = flowsOf(parts).map(hurry);
  const witness = witnessOf(parts, around.pods.filter(isUsable).map(scenePod));
  const pods = [...first.pods, ...first.backends, ...around.pods];
  const scene: Omit<Scene, "standing"> = {
    pods: chosen.pods,
    nodes,
    allNodes: first.nodes,
    services,
    unlisted: around.unlisted,
    flows,
    returns: returnsOf(parts).map(hurry),
    names: namesOf({ ...parts, ...dns }).map(hurry),
    ...(witness ? { witness: hurry(witness) } : {}),
    chosen: [...first.remarks, ...chosen.reasons, ...dns.remarks, ...undialled(parts), ...leaving(flows)],
    containers: (vantage) => containersOf(vantage, pods),
    nobody: (vantage) => whyNobody(vantage, pods, around.unseen ?? first.unseen),
    order: lookingOrder(chosen.pods, nodes),
  };
  return standing(scene, options.patience);
}

/** The scene with what is asked of each of its vantages in any case. */
export function standing(scene: Omit<Scene, "standing">, patience: number): Scene {
  return { ...scene, standing: (vantage) => standingQuestions(scene, vantage, patience) };
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

/** The Service that has the addresses of the front door. */
function* doorOf({ front }: Subject): Asking<SceneService | undefined> {
  if (!front?.door) return undefined;
  const [answer] = yield* tryAskAll([question(serviceProbe, refOf(front.door))]);
  return answer?.ok ? { ...refOf(front.door), object: answer.value } : undefined;
}

interface Around {
  readonly pods: readonly KubeObject[];
  readonly services: readonly KubeObject[];
  /** Why the pods of a node could not be listed. */
  readonly unseen: Refusal | undefined;
  /** What was asked about Services, and not answered. */
  readonly unlisted: readonly Question[];
}

function* surroundings(
  nodes: readonly string[],
  pods: readonly ScenePod[],
  target: Target | undefined,
): Asking<Around> {
  const namespaces = target?.kind === "service" ? [] : [...new Set(pods.slice(1).map(({ namespace }) => namespace))];
  const questions: Question[] = [
    ...(target?.kind === "service" ? [question(serviceProbe, refOf(target))] : []),
    ...namespaces.map((namespace) => question(servicesProbe, { namespace })),
    ...nodes.map((node) => question(podsProbe, { node })),
  ];
  const asked = yield* tryAskAll<unknown>([...questions, ...usualDns]);
  const answers = asked.slice(0, questions.length) as readonly Answer<never>[];
  const objects = objectsAnswered(answers);
  const unseen = answers.slice(questions.length - nodes.length).find((answer) => !answer.ok);
  return {
    pods: objects.filter((object) => object.kind === "Pod"),
    services: objects.filter((object) => object.kind !== "Pod"),
    unlisted: questions.filter(({ probe }, index) => probe.id !== podsProbe.id && !answers[index]?.ok),
    unseen: unseen?.ok === false ? unseen.refusal : undefined,
  };
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

function containersOf(vantage: Vantage, pods: readonly KubeObject[]) {
  if (vantage.kind === "api" || vantage.kind === "here") return [];
  if (vantage.kind === "node") return nodeWindows(distinct(pods.filter((pod) => pod.spec?.nodeName === vantage.node)));
  const pod = pods.find(({ metadata }) => metadata.name === vantage.pod && metadata.namespace === vantage.namespace);
  if (!pod) return [];
  const running = runningContainers(pod);
  const isFirst = ({ container }: Container) => container === vantage.container;
  return [...running.filter(isFirst), ...running.filter((one) => !isFirst(one))];
}

function distinct(pods: readonly KubeObject[]): KubeObject[] {
  return [
    ...new Map(pods.filter(isUsable).map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod])).values(),
  ];
}
