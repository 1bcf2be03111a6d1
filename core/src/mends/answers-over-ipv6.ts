import { familyOf } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { readPolicies } from "../parity/live.ts";
import { parityOf } from "../parity/parity.ts";
import { list, mapping, number, own, string } from "../policy/read.ts";
import { refText } from "../policy/ref.ts";
import { probe as dial } from "../probes/dial.ts";
import { runningContainers } from "../probing/containers.ts";
import { liveLooker } from "../probing/looker.ts";
import { meshOf } from "../probing/mesh.ts";
import { question, questionId } from "../probing/probe.ts";
import type { MendContext } from "./way.ts";

/** Pods of a Service that are dialled: more are as these are. */
const most = 10;
/** Seconds a dial waits. */
const patience = 3;

/**
 * Why clients of a Service would not be answered over IPv6, if it had an address of it: undefined once its pods were dialled there,
 * port by port, and answered. "Could not look" is a reason, too.
 */
export async function unanswered(service: KubeObject, around: MendContext): Promise<string | undefined> {
  const { cluster, from, signal } = around;
  const { namespace = "default" } = service.metadata;
  const within = { namespace, ...(signal ? { signal } : {}) };
  const pods = await cluster.list({ apiVersion: "v1", resource: "pods" }, within);
  if (!pods.ok) return `whether its pods would answer is not known: ${pods.refusal.message}`;
  const behind = pods.value.filter((pod) => selects(service, pod) && isReady(pod));
  if (behind.length === 0) return "no pod behind it is ready, so that every connection over IPv6 would be refused";
  const reachable = behind.filter((pod) => sixOf(pod) !== undefined);
  if (reachable.length === 0)
    return `its pods have no IPv6 address (${namesOf(behind)}), so that every connection over IPv6 would be refused`;
  const closed = await closedByPolicy(reachable, around);
  if (closed !== undefined) return closed;
  return from === undefined
    ? "no pod has dialled, so that nobody has seen its pods answer over IPv6"
    : notAnswering(service, reachable.slice(0, most), { ...around, from });
}

async function closedByPolicy(
  pods: readonly KubeObject[],
  { cluster, signal }: MendContext,
): Promise<string | undefined> {
  const policies = await readPolicies(cluster, signal ? { signal } : {});
  const [unread] = policies.unread;
  if (unread) return `whether a policy keeps IPv6 out is not known: ${unread.refusal.message}`;
  const names = new Set(pods.map(nameOf));
  const { differences } = parityOf(policies.objects, policies.engine ? { engine: policies.engine } : {});
  const closing = differences.find(
    ({ direction, open, instances }) =>
      direction === "ingress" &&
      open === "IPv4" &&
      instances.some(({ subject }) =>
        subject.groups.some((group) => group.pods.some((pod) => names.has(`${pod.namespace}/${pod.name}`))),
      ),
  );
  return (
    closing &&
    `${refText(closing.divergence.policy)} lets clients in over IPv4 alone (${closing.divergence.path}): over IPv6 they would wait in vain`
  );
}

async function notAnswering(
  service: KubeObject,
  pods: readonly KubeObject[],
  { cluster, from, signal }: MendContext & { readonly from: string },
): Promise<string | undefined> {
  const [namespace = "", pod = ""] = from.split("/");
  const within = { namespace, ...(signal ? { signal } : {}) };
  const source = await cluster.get({ apiVersion: "v1", resource: "pods" }, pod, within);
  if (!source.ok) return `nobody could dial its pods: ${source.refusal.message}`;
  const ends = pods.flatMap((target) =>
    portsOf(service, target).map((port) => ({ target: nameOf(target), host: sixOf(target) ?? "", port })),
  );
  if (ends.length === 0) return "it has no TCP port, and over others nobody can be seen to answer";
  const [meshed] = pods.filter((target) => meshOf(target));
  if (meshed)
    return `the proxy of ${meshOf(meshed)?.name} takes every connection in pod ${nameOf(meshed)}: nobody can see whether its application answers over IPv6`;
  const at = { kind: "pod", namespace, pod } as const;
  const containers = runningContainers(source.value);
  const looker = liveLooker(cluster, { access: "exec", containers: () => containers, ...(signal ? { signal } : {}) });
  const questions = ends.map(({ host, port }) => question(dial, { at, family: "IPv6", host, port, seconds: patience }));
  const seen = new Map((await looker.look(questions)).map(({ id, answer }) => [id, answer]));
  for (const [index, { target, host, port }] of ends.entries()) {
    const answer = seen.get(questionId(questions[index] as (typeof questions)[number]));
    if (!answer?.ok) return `nobody could dial pod ${target}: ${answer?.refusal.message ?? "it was not asked"}`;
    const { ok, text } = answer.value as { readonly ok: boolean; readonly text: string };
    if (!ok)
      return `pod ${target} does not answer at ${joinHostPort(host, port)} (${text || `no answer in ${patience} s`}): clients that prefer IPv6 would fail there`;
  }
  return undefined;
}

/** The TCP ports that the pod is reached at; a name is a port of one of its containers. */
function portsOf(service: KubeObject, pod: KubeObject): readonly number[] {
  const named = list(mapping(pod.spec).containers).flatMap((container) => list(mapping(container).ports).map(mapping));
  return list(mapping(service.spec).ports)
    .map(mapping)
    .filter(({ protocol = "TCP" }) => protocol === "TCP")
    .flatMap(({ port, targetPort = port }) => {
      const found = named.find(({ name }) => name === targetPort)?.containerPort;
      return number(found ?? targetPort) ?? [];
    });
}

function selects({ spec }: KubeObject, { metadata }: KubeObject): boolean {
  const selector = Object.entries(mapping(mapping(spec).selector));
  return selector.length > 0 && selector.every(([key, value]) => own(metadata.labels, key) === value);
}

function isReady({ status, metadata }: KubeObject): boolean {
  const conditions = list(mapping(status).conditions).map(mapping);
  const ready = conditions.find(({ type }) => type === "Ready");
  return metadata.deletionTimestamp === undefined && ready?.status === "True";
}

function sixOf({ status }: KubeObject): string | undefined {
  const ips = list(mapping(status).podIPs).flatMap((entry) => string(mapping(entry).ip) ?? []);
  return ips.find((ip) => familyOf(ip) === "IPv6");
}

function nameOf({ metadata: { namespace, name } }: KubeObject): string {
  return `${namespace}/${name}`;
}

function namesOf(pods: readonly KubeObject[]): string {
  const names = pods.map(nameOf);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
