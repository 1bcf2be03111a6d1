import { type Address, parseAddress, sameAddress } from "../addresses/address.ts";
import type { Answer, KubeObject } from "../cluster/cluster.ts";
import { type Subject, type Target, targetName } from "../judging/subject.ts";
import { probe as nodesProbe } from "../probes/nodes.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { probe as servicesProbe } from "../probes/services.ts";
import { type Asking, type Question, question, tryAsk, tryAskAll } from "../probing/probe.ts";
import { frontDoor } from "./front-door.ts";
import type { Missing } from "./missing.ts";
import { missingTarget } from "./nearest.ts";

/** The subject with its target decided, and what of it is not there. */
export interface Settled {
  readonly subject: Subject;
  /** What was taken, where more than one thing could have been meant. */
  readonly remarks: readonly string[];
  readonly missing: readonly Missing[];
}

/** Looks up what was named: a pod before a Service of the same name. That it may not be looked at is no absence. */
export function* settleSubject(subject: Subject): Asking<Settled> {
  if (subject.to?.kind === "front") {
    const { behind, front, remarks, missing } = yield* frontDoor(subject.to, subject.alsoFrom?.here === true);
    if (!behind || !front) return { subject, remarks, missing };
    const settled = yield* settleSubject({ ...subject, to: behind, front });
    return { ...settled, remarks: [...remarks, ...settled.remarks] };
  }
  const service = subject.to?.kind === "address" ? yield* serviceAt(subject.to) : undefined;
  if (service && subject.to) {
    const settled = yield* settleSubject({ ...subject, to: service });
    return {
      ...settled,
      remarks: [`${targetName(subject.to)} is an address of ${targetName(service)}`, ...settled.remarks],
    };
  }
  const { from, to } = subject;
  const source = from && ({ kind: "pod", ...from } as const);
  const [own, theirs] = [source ? candidatesOf(source) : [], to ? candidatesOf(to) : []];
  // The nodes are wanted by everybody, and the first answer tells whether the cluster can be asked at all.
  const [nodes, ...answers] = yield* tryAskAll<unknown>([
    question(nodesProbe, {}),
    ...[...own, ...theirs].map((one) => one.asked),
  ]);
  const [ours, others] = [answers.slice(0, own.length), answers.slice(own.length)];
  const taken = theirs.findIndex(({ target }, index) => isThere(others[index], target));
  const missing: Missing[] = [];
  if (source && ours.length > 0 && ours.every(isAbsent(source))) missing.push(yield* missingTarget(source, ["pod"]));
  if (to && theirs.length > 0 && theirs.every(({ target }, index) => isAbsent(target)(others[index])))
    missing.push(yield* missingTarget(to, to.kind === "node" ? ["node"] : ["pod", "service"]));
  const view = subject.alsoFrom?.node;
  if (typeof view === "string" && nodes?.ok && !nodeNames(nodes.value).includes(view))
    missing.push(yield* missingTarget({ kind: "node", name: view }, ["node"]));
  const found = others[taken];
  missing.push(...(found?.ok && to ? portMissing(theirs[taken]?.target ?? to, found.value as KubeObject) : []));
  // If nobody may look, the first reading is as good as any: the refusal will be said.
  const target = theirs[taken]?.target ?? theirs[0]?.target ?? to;
  return {
    subject: { ...subject, ...(target ? { to: target } : {}) },
    remarks:
      to?.kind === "object" && taken > 0 && target
        ? [`${targetName(to)} is no pod: ${targetName(target)} was taken`]
        : [],
    missing,
  };
}

/** The Service that has the address in its clusterIPs; undefined also where nobody may list them. */
function* serviceAt({ address, port }: Target & { readonly kind: "address" }): Asking<Target | undefined> {
  const all = yield* tryAsk(servicesProbe, {});
  const own = parseAddress(address);
  const found =
    all.ok && own ? all.value.find(({ spec }) => clusterIPs(spec).some((ip) => sameAddress(ip, own))) : undefined;
  if (!found) return undefined;
  const { namespace = "", name } = found.metadata;
  return { kind: "service", namespace, name, ...(port === undefined ? {} : { port }) };
}

function clusterIPs(spec: KubeObject["spec"]): Address[] {
  return ((spec?.clusterIPs ?? []) as string[]).flatMap((ip) => parseAddress(ip) ?? []);
}

/** A port that a Service does not have; those it has are offered. */
function portMissing(target: Target, { spec }: KubeObject): Missing[] {
  if (target.kind !== "service" || target.port === undefined || spec?.type === "ExternalName") return [];
  const ports = ((spec?.ports ?? []) as { port: number; protocol?: string }[]).filter(
    ({ protocol = "TCP" }) => protocol === "TCP",
  );
  if (ports.some(({ port }) => port === target.port)) return [];
  const nearest = ports.map(({ port }) => `svc/${target.namespace}/${target.name}:${port}`);
  return [{ what: `TCP port ${target.port} of ${targetName(target)}`, nearest: nearest.slice(0, 3) }];
}

interface Candidate {
  readonly target: Target;
  readonly asked: Question;
}

function candidatesOf(target: Target): Candidate[] {
  switch (target.kind) {
    case "pod":
      return [{ target, asked: question(podProbe, refOf(target)) }];
    case "service":
      return [{ target, asked: question(serviceProbe, refOf(target)) }];
    case "object":
      return [...candidatesOf({ ...target, kind: "pod" }), ...candidatesOf({ ...target, kind: "service" })];
    case "node":
      return [{ target, asked: question(nodesProbe, {}) }];
    default:
      return [];
  }
}

function refOf({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  return { namespace, name };
}

function isThere(answer: Answer<unknown> | undefined, target: Target): boolean {
  if (!answer?.ok) return false;
  return target.kind !== "node" || nodeNames(answer.value).includes(target.name);
}

function isAbsent(target: Target) {
  return (answer: Answer<unknown> | undefined): boolean =>
    answer?.ok ? !isThere(answer, target) : answer?.refusal.reason === "not-found";
}

function nodeNames(nodes: unknown): string[] {
  return (nodes as readonly KubeObject[]).map(({ metadata }) => metadata.name);
}
