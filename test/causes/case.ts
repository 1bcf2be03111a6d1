import { appendFileSync } from "node:fs";
import type { Family } from "#core/addresses/address.ts";
import { causes } from "#core/causes/index.ts";
import { type Answer, answered, type KubeObject, refused } from "#core/cluster/cluster.ts";
import { scenePod } from "#core/diagnosis/choose-pods.ts";
import { sceneNode } from "#core/diagnosis/scene-node.ts";
import { stateSymptoms, type Trouble } from "#core/diagnosis/troubles.ts";
import { type AnswerTo, warranted } from "#core/diagnosis/warranted.ts";
import type { Case, Judgement } from "#core/judging/cause.ts";
import type { Flow, FlowScope, Scene, ScenePod } from "#core/judging/scene.ts";
import type { Outcome, Symptom } from "#core/judging/symptom.ts";
import { type Asking, NotLooked, type Question, questionId, vantageName } from "#core/probing/probe.ts";

/** Pod a on node n1 dials pod b on node n2; both nodes and pods are dual-stack unless a test says otherwise. */
export const a = podObject("a", "n1", ["10.244.1.11", "fd00:10:244:1::11"]);
export const b = podObject("b", "n2", ["10.244.2.11", "fd00:10:244:2::11"]);
export const n1 = nodeObject("n1", ["172.18.1.1", "2001:db8:18::101"], ["10.244.1.0/24", "fd00:10:244:1::/64"]);
export const n2 = nodeObject("n2", ["172.18.1.2", "2001:db8:18::102"], ["10.244.2.0/24", "fd00:10:244:2::/64"]);

export function podObject(name: string, node: string, ips: readonly string[], more: object = {}): KubeObject {
  return {
    kind: "Pod",
    metadata: { name, namespace: "default", labels: { app: name } },
    spec: { nodeName: node, containers: [{ name, ports: [{ name: "http", containerPort: 8080 }] }], ...more },
    status: { phase: "Running", podIPs: ips.map((ip) => ({ ip })) },
  };
}

export function nodeObject(
  name: string,
  ips: readonly string[],
  podCIDRs: readonly string[],
  annotations = {},
): KubeObject {
  const addresses = ips.map((address) => ({ type: "InternalIP", address }));
  return { kind: "Node", metadata: { name, annotations }, spec: { podCIDRs }, status: { addresses } };
}

export function serviceObject(name: string, spec: object): KubeObject {
  return { kind: "Service", metadata: { name, namespace: "default" }, spec };
}

export type CauseId = keyof typeof causes;

export interface Given {
  readonly pods?: readonly KubeObject[];
  readonly nodes?: readonly KubeObject[];
  readonly services?: readonly KubeObject[];
  /** Dials from the first pod: what came of them over IPv6, and where they went. */
  readonly dials?: readonly Dial[];
  /** Nothing runs in the second pod, as the API says. */
  readonly dead?: true;
  /** AAAA lookups of the first Service's name. */
  readonly lookups?: readonly Lookup[];
  /** A lookups of the same name. */
  readonly lookupsA?: readonly Lookup[];
  /** Observations by "probe vantage" ("routes node n1", "addresses pod default/a"), "route-get node n1 from fd00::1" (of a packet that is passed on), "dial pod default/a to fd00::1", "probe name" (of an object or a kind), the same with "again" (behind the dial), "lookup AAAA" or "probe"; a refusal is one too. */
  readonly seen?: Readonly<Record<string, unknown>>;
}

export interface Dial {
  readonly outcome: Outcome;
  readonly scope?: FlowScope;
  /** What is dialled, where the scope does not tell. */
  readonly host?: string;
  readonly ms?: number;
  readonly family?: Family;
  /** Which of the pods is dialled; the second by default. */
  readonly pod?: number;
  /** The Ingress or Gateway whose address it is; the first Service is then its controller's. */
  readonly front?: string;
}

/** What came of a lookup, and in the server's own words if they matter: "NXDOMAIN". */
type Lookup =
  | Outcome
  | {
      readonly outcome: Outcome;
      readonly text: string;
      /** A name outside the cluster, that was asked for. */
      readonly name?: string;
      /** Who was asked, where it is not 10.96.0.10. */
      readonly server?: string;
    };

/** A refusal as an observation. */
export const nobody = refused("forbidden", "exec is forbidden");
export const unserved = refused("unsupported", "the server does not serve this kind");
export const absent = refused("absent", "the file does not exist");
export const gone = refused("not-found", "the pod does not exist");

/** Lets one cause judge a case: a few observations in, one verdict out. */
export function judge(id: CauseId, given: Given): Judgement {
  const { judgement } = judged(id, given);
  // Of what a test proves, scripts/cause-examples.ts takes a case for the page of a new cause.
  const proven = process.env.KUBE_IPV6_PROVEN;
  if (proven !== undefined && judgement.status === "proven")
    appendFileSync(proven, `${JSON.stringify({ id, given })}\n`);
  return judgement;
}

/** What a cause came to, of what, and which of its questions the test answered. */
export interface JudgedCase {
  readonly subject: Case;
  readonly judgement: Judgement;
  readonly seen: readonly { readonly question: Question; readonly answer: Answer<unknown> }[];
}

export function judged(id: CauseId, given: Given): JudgedCase {
  return judgedCase(id, caseOf(given), given.seen);
}

/** The same of a case that is more than a few dials. */
export function judgeCase(id: CauseId, subject: Case, seen: Given["seen"]): Judgement {
  return judgedCase(id, subject, seen).judgement;
}

function judgedCase(id: CauseId, subject: Case, seen: Given["seen"] = {}): JudgedCase {
  const asked = new Map<string, JudgedCase["seen"][number]>();
  const answer = (question: Question) => {
    const said = answerTo(question, seen);
    if (said) asked.set(questionId(question), { question, answer: said });
    return said ?? refused("failed", `the test has no answer to ${questionId(question)}`);
  };
  const known: AnswerTo = (question) => asked.get(questionId(question))?.answer;
  return { subject, judgement: verdictOn(causes[id].judge(subject), answer, known), seen: [...asked.values()] };
}

function verdictOn(
  asking: Asking<Judgement>,
  answer: (question: Question) => Answer<unknown>,
  known: AnswerTo,
): Judgement {
  try {
    let step = asking.next([]);
    while (!step.done) step = asking.next(step.value.map(answer));
    return warranted(step.value, known);
  } catch (error) {
    if (error instanceof NotLooked) return { status: "unknown", family: "IPv6", because: error.message };
    throw error;
  }
}

function answerTo({ probe, args }: Question, seen: Readonly<Record<string, unknown>>): Answer<unknown> | undefined {
  const { name, namespace, service, kind, type, source, host } = args as Record<string, string>;
  const where =
    probe.access === "exec" ? vantageName(probe.vantage(args)) : (name ?? service ?? namespace ?? kind ?? "");
  // As it is behind the dial.
  const since = "again" in (args as object) ? seen[`${probe.id} ${where} again`] : undefined;
  const nearest = since ?? seen[`${probe.id} ${where} from ${source}`] ?? seen[`${probe.id} ${where} to ${host}`];
  const value = nearest ?? seen[`${probe.id} ${where}`] ?? seen[`${probe.id} ${type}`] ?? seen[probe.id];
  if (value === undefined) return undefined;
  return isRefusal(value) ? value : answered(value);
}

function isRefusal(value: unknown): value is typeof nobody {
  return typeof value === "object" && value !== null && "refusal" in value;
}

export function caseOf({
  pods = [a, b],
  nodes = [n1, n2],
  services = [],
  dials = [],
  lookups = [],
  lookupsA = [],
  dead,
}: Given): Case {
  const scenePods = pods.map(scenePod);
  const sceneServices = services.map((object) => ({ namespace: "default", name: object.metadata.name, object }));
  const symptoms = [
    ...dials.map((dial) => dialSymptom(dial, scenePods, sceneServices)),
    ...lookups.map((lookup) => lookupSymptom(lookup, "AAAA", scenePods, sceneServices)),
    ...lookupsA.map((lookup) => lookupSymptom(lookup, "A", scenePods, sceneServices)),
    ...(dead && scenePods[1] ? stateSymptoms(trouble(scenePods[1])) : []),
  ];
  const scene: Scene = {
    pods: scenePods,
    nodes: nodes.map(sceneNode),
    allNodes: nodes.map(sceneNode),
    services: sceneServices,
    flows: [],
    returns: [],
    names: [],
    chosen: [],
    containers: () => [],
    nobody: () => undefined,
    standing: () => [],
    order: [],
  };
  return {
    scene,
    symptoms,
    failures: symptoms.filter(({ failed, family, kind }) => failed && family === "IPv6" && kind !== "state"),
    patience: 2,
  };
}

function trouble({ namespace, name }: ScenePod): Trouble {
  const text = `pod ${namespace}/${name} is not running: CrashLoopBackOff`;
  return { role: "target", dead: true, pod: { namespace, name }, text };
}

function dialSymptom(
  { outcome, scope = "other-node", ms = 0, family = "IPv6", host, pod = 1, front }: Dial,
  pods: readonly ScenePod[],
  services: Scene["services"],
): Symptom {
  const [from, to] = [pods[0], pods[pod]] as [ScenePod, ScenePod];
  const service = ["service", "load-balancer", "node-port"].includes(scope) ? services[0] : undefined;
  const clusterIPs = (service?.object.spec?.clusterIPs ?? []) as string[];
  const hosts: Partial<Record<FlowScope, string | undefined>> = {
    outside: "2001:db8:ffff::1",
    node: "2001:db8:18::102",
    service: clusterIPs.find((ip) => ip.includes(":")),
  };
  const flow: Flow = {
    id: `${family} ${scope}${pod === 1 ? "" : ` ${pod}`}${host === undefined ? "" : ` ${host}`}`,
    from,
    to: scope,
    target: targetOf(scope, to, host),
    ...(scope === "same-node" || scope === "other-node" ? { toPod: to } : {}),
    ...(service ? { service } : {}),
    ...(front ? { front } : {}),
    family,
    scope,
    host:
      outcome === "no-address"
        ? undefined
        : host !== undefined
          ? host
          : family === "IPv4"
            ? "192.0.2.1"
            : (hosts[scope] ?? to.ips.IPv6),
    port: 8080,
    expectListener: true,
    asked: true,
    http: false,
  };
  const failed = outcome !== "ok";
  return {
    id: flow.id,
    kind: "dial",
    family,
    from: "pod default/a",
    to: scope,
    outcome,
    ms,
    text: outcome,
    failed,
    flow,
  };
}

function targetOf(scope: FlowScope, { node }: ScenePod, host: string | undefined): Flow["target"] {
  if (host !== undefined) return { kind: "address", address: host };
  return scope === "node" ? { kind: "node", name: node } : { kind: "name", name: scope };
}

function lookupSymptom(
  lookup: Lookup,
  type: "A" | "AAAA",
  [from]: readonly ScenePod[],
  [service]: Scene["services"],
): Symptom {
  const {
    outcome,
    text,
    name: outside,
    server = "10.96.0.10",
  } = typeof lookup === "string" ? { outcome: lookup, text: lookup, name: undefined } : lookup;
  const name = {
    from: from as ScenePod,
    name: outside ?? "web.default.svc.cluster.local",
    type,
    server,
    ...(outside === undefined ? (service ? { service } : {}) : { asked: true as const }),
  } as const;
  return {
    id: `${type} ${outcome}`,
    kind: "name",
    family: type === "A" ? "IPv4" : "IPv6",
    from: "pod default/a",
    to: `${type} of ${name.name}`,
    outcome,
    text,
    failed: outcome !== "ok",
    name,
  };
}
