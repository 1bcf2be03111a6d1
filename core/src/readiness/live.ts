/** Asks a cluster: lists of the API, then one look into a pod of each workload, then what its DNS server says of the names it is told. */
import type { AbortSignalLike, Answer, Cluster, KubeObject, ResourceType } from "../cluster/cluster.ts";
import type { ResolvConf } from "../linux/resolv-conf.ts";
import type { ListeningSocket, TcpConnection } from "../linux/tcp-sockets.ts";
import { readPolicies } from "../parity/live.ts";
import { parityOf } from "../parity/parity.ts";
import { probe as connections } from "../probes/connections.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { type LookupResult, probe as lookup } from "../probes/lookup.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { runningContainers } from "../probing/containers.ts";
import { type Looker, liveLooker } from "../probing/looker.ts";
import { type Observation, type Question, question, questionId, type Vantage } from "../probing/probe.ts";
import { keepSpec } from "../probing/redact.ts";
import type { Inside, NameFamilies, Readiness } from "./model.ts";
import { assess, outsideNames } from "./readiness.ts";
import { type Workload, workloadsOf } from "./workloads.ts";

export interface LiveOptions {
  readonly namespace?: string;
  /** Without it only the API is asked. */
  readonly exec: boolean;
  readonly signal?: AbortSignalLike;
  onProgress?(text: string): void;
}

/** Pods that are looked into side by side. */
const atOnce = 3;

export async function readinessOf(cluster: Cluster, options: LiveOptions): Promise<Readiness> {
  const { objects, unread } = await listed(cluster, options);
  const policies = await readPolicies(cluster, { ...(options.signal ? { signal: options.signal } : {}) });
  const engine = policies.engine ? { engine: policies.engine } : {};
  const known = policies.unread.length === 0 ? { differences: parityOf(policies.objects, engine).differences } : {};
  const missing = [...unread, ...policies.unread.map(({ what, refusal }) => `${what}: ${refusal.message}`)];
  if (!options.exec) return { workloads: assess({ objects, ...known }), unread: missing };
  const pods = new Map(objects.filter(({ kind }) => kind === "Pod").map((pod) => [keyOf(pod.metadata), pod]));
  const looker = liveLooker(cluster, {
    access: "exec",
    ...(options.signal ? { signal: options.signal } : {}),
    containers: (at) =>
      at.kind === "pod" ? runningContainers(pods.get(`${at.namespace}/${at.pod}`) as KubeObject) : [],
  });
  const { inside, names } = await lookInto(looker, objects, options);
  return { workloads: assess({ objects, inside, names, ...known }), unread: missing };
}

async function lookInto(looker: Looker, objects: readonly KubeObject[], options: LiveOptions) {
  const inside = new Map<string, Inside>();
  const names = new Map<string, NameFamilies>();
  const asked = outsideNames(objects);
  const workloads = workloadsOf(objects);
  for (let start = 0; start < workloads.length && !options.signal?.aborted; start += atOnce) {
    const some = workloads.slice(start, start + atOnce);
    options.onProgress?.(`[${start}/${workloads.length}] ${some.map(({ name }) => name).join(", ")}`);
    await Promise.all(
      some.map(async (workload) => {
        const found = await look(looker, workload);
        inside.set(workload.name, found);
        for (const [name, answer] of await ask(looker, found, asked.get(workload.name) ?? []))
          keep(names, name, answer);
      }),
    );
  }
  await askElsewhere(looker, [...inside.values()], [...new Set([...asked.values()].flat())], names);
  return { inside, names };
}

/** Pods that are asked for the names that a workload's own pod has no program to ask for; their DNS server is the cluster's, too. */
const others = 3;

async function askElsewhere(
  looker: Looker,
  all: readonly Inside[],
  wanted: readonly string[],
  names: Map<string, NameFamilies>,
) {
  for (const pod of all.filter(({ resolver }) => resolver !== undefined).slice(0, others)) {
    const open = wanted.filter((name) => names.get(name)?.AAAA === undefined || names.get(name)?.A === undefined);
    for (const [name, answer] of await ask(looker, pod, open)) keep(names, name, answer);
  }
}

/** An answer is kept, whoever gets none later. */
function keep(names: Map<string, NameFamilies>, name: string, { A, AAAA }: NameFamilies): void {
  const before = names.get(name);
  names.set(name, { A: A ?? before?.A, AAAA: AAAA ?? before?.AAAA });
}

/** The first pod that runs: one of several replicas speaks for them. */
async function look(looker: Looker, { pods, objects, namespace }: Workload): Promise<Inside> {
  const index = objects.findIndex((object) => runningContainers(object).length > 0);
  const pod = pods[index]?.name ?? "";
  if (index < 0) return { pod: "", why: "no container of it runs" };
  const at = { kind: "pod", namespace, pod } as const;
  const questions = [question(listeners, { at }), question(connections, { at }), question(resolver, { at })] as const;
  const answers = answersTo(await looker.look(questions), questions);
  const [heard, connected, resolved] = answers as [
    Answer<ListeningSocket[]>,
    Answer<TcpConnection[]>,
    Answer<ResolvConf>,
  ];
  const refusal = answers.find((answer) => !answer?.ok);
  return {
    pod: `${namespace}/${pod}`,
    ...(heard.ok ? { listeners: heard.value } : {}),
    ...(connected.ok ? { connections: connected.value } : {}),
    ...(resolved.ok ? { resolver: resolved.value } : {}),
    ...(refusal && !refusal.ok ? { why: `could not look into ${namespace}/${pod}: ${refusal.refusal.message}` } : {}),
  };
}

/** The first DNS server of the pod is asked, as its programs do. */
async function ask(
  looker: Looker,
  { pod, resolver: conf }: Inside,
  names: readonly string[],
): Promise<readonly [string, NameFamilies][]> {
  const server = conf?.nameservers[0];
  if (server === undefined || names.length === 0) return [];
  const [namespace = "", name = ""] = pod.split("/");
  const at: Vantage = { kind: "pod", namespace, pod: name };
  const questions = names.flatMap((one) =>
    (["A", "AAAA"] as const).map((type) => question(lookup, { at, name: one, type, server, seconds: 2 })),
  );
  const answers = answersTo(await looker.look(questions), questions) as Answer<LookupResult>[];
  return names.map((one, index) => [one, { A: hasAny(answers[2 * index]), AAAA: hasAny(answers[2 * index + 1]) }]);
}

/** An answer without the type is a no; a failure of the server is none. */
function hasAny(answer: Answer<LookupResult> | undefined): boolean | undefined {
  const found = answer?.ok ? answer.value.answer : undefined;
  if (!found || (found.status !== "NOERROR" && found.status !== "NXDOMAIN")) return undefined;
  return found.addresses.length > 0;
}

function answersTo(observations: readonly Observation[], questions: readonly Question[]): readonly Answer<unknown>[] {
  const known = new Map(observations.map(({ id, answer }) => [id, answer]));
  const silent: Answer<unknown> = { ok: false, refusal: { reason: "failed", message: "nobody answered" } };
  return questions.map((one) => known.get(questionId(one)) ?? silent);
}

async function listed(cluster: Cluster, { namespace, signal }: LiveOptions) {
  const unread: string[] = [];
  const list = async (
    type: ResourceType,
    kind: string,
    everywhere: boolean,
    keep: (object: KubeObject) => KubeObject,
  ) => {
    const within = everywhere || namespace === undefined ? {} : { namespace };
    const answer = await cluster.list(type, { ...within, ...(signal ? { signal } : {}), keep });
    if (answer.ok) return answer.value.map((object): KubeObject => ({ ...object, kind, apiVersion: type.apiVersion }));
    unread.push(`${type.resource}: ${answer.refusal.message}`);
    return [];
  };
  const core = (resource: string) => ({ apiVersion: "v1", resource });
  const all = await Promise.all([
    list(core("pods"), "Pod", false, podFields),
    list(core("services"), "Service", true, keepSpec),
    list({ apiVersion: "discovery.k8s.io/v1", resource: "endpointslices" }, "EndpointSlice", false, (slice) => slice),
    list(core("nodes"), "Node", true, ({ metadata, status }) => ({
      metadata,
      status: { addresses: status?.addresses },
    })),
  ]);
  const objects = all.flat();
  return { objects: [...objects, ...(await configMapsOf(cluster, objects, signal))], unread };
}

/** Of a pod all that is read of it. What its variables hold stays in memory: only addresses and hosts in them are told. */
function podFields({ metadata, spec, status }: KubeObject): KubeObject {
  const { name, namespace, labels, annotations, ownerReferences } = metadata;
  const { phase, podIP, podIPs, containerStatuses } = status ?? {};
  const kept = {
    name,
    ...(namespace ? { namespace } : {}),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  };
  return {
    metadata: { ...kept, ...(ownerReferences ? { ownerReferences } : {}) },
    spec,
    status: { phase, podIP, podIPs, containerStatuses },
  };
}

/** Only those that a pod names, one by one. */
async function configMapsOf(cluster: Cluster, objects: readonly KubeObject[], signal: AbortSignalLike | undefined) {
  const wanted = new Set(
    workloadsOf(objects).flatMap(({ namespace, spec }) => namesIn(spec).map((name) => `${namespace}/${name}`)),
  );
  const found: KubeObject[] = [];
  for (const key of wanted) {
    const [namespace = "", name = ""] = key.split("/");
    const answer = await cluster.get({ apiVersion: "v1", resource: "configmaps" }, name, {
      namespace,
      ...(signal ? { signal } : {}),
    });
    const kind = { kind: "ConfigMap", apiVersion: "v1" };
    if (answer.ok) found.push({ ...answer.value, ...kind });
    // One that is optional and not there says nothing; one that may not be read could say anything.
    else if (answer.refusal.reason === "not-found") found.push({ ...kind, metadata: { name, namespace }, data: {} });
  }
  return found;
}

/** The ConfigMaps that a pod spec names, but for the one that every namespace has for the API server's certificate. */
function namesIn(spec: Workload["spec"]): readonly string[] {
  const text = JSON.stringify(spec);
  const found = text.matchAll(/"(?:configMap|configMapRef|configMapKeyRef)":\{[^{}]*?"name":"([^"]+)"/g);
  return [...new Set([...found].map(([, name = ""]) => name))].filter((name) => name !== "kube-root-ca.crt");
}

function keyOf({ namespace, name }: KubeObject["metadata"]): string {
  return `${namespace}/${name}`;
}
