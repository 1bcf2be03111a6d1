import { type Family, otherFamily } from "../address.ts";
import type { KubeObject } from "../cluster.ts";
import { compile } from "./compile.ts";
import type {
  AddressEndpoint,
  CompiledPolicy,
  DecidedBy,
  Direction,
  Endpoint,
  Flow,
  PodEndpoint,
  PolicyRef,
  Question,
  Ruling,
  Surroundings,
} from "./model.ts";
import { endpointText, hasFamily } from "./peers.ts";
import { refText } from "./ref.ts";
import { type Applied, applying, type Outcome, outcomeOf, prefixesMiss, stepsOf, undecidable } from "./steps.ts";
import { flatten, surround } from "./surroundings.ts";
import { isIcmp } from "./traffic.ts";

export interface DirectionRuling {
  readonly ruling: Ruling;
  /** The policies that isolate the pod in this direction: what they do not allow is denied. */
  readonly isolatedBy: readonly PolicyRef[];
  /** Absent if no policy has anything to say. */
  readonly decidedBy?: DecidedBy;
  /** One sentence that names the family. */
  readonly why: string;
  /** Present if the ruling is unknown: a clause that completes "not known, because ...". */
  readonly unknownBecause?: string;
}

export interface Decision {
  readonly flow: Flow;
  /** Denied if either direction is; allowed if both are. */
  readonly ruling: Ruling;
  /** At the pod the flow comes from. */
  readonly egress: DirectionRuling;
  /** At the pod the flow goes to. */
  readonly ingress: DirectionRuling;
}

/**
 * Whether the policies let the first packet of a flow pass, in one family; replies always pass. The objects may be in any
 * order and of any kind: policies are picked out, and Namespaces, Tiers, network sets and the like give them their meaning. An object
 * that is not among them counts as not existing. Only policies are judged: neither routes nor anything else a packet may die of.
 */
export function decide(objects: readonly KubeObject[], flow: Flow): Decision {
  const given = flatten(objects);
  const surroundings = surround(given);
  const policies = compile(given, surroundings);
  const egress = ruleDirection(policies, surroundings, flow, "egress");
  const ingress = ruleDirection(policies, surroundings, flow, "ingress");
  const rulings = [egress.ruling, ingress.ruling];
  const ruling = rulings.includes("denied") ? "denied" : rulings.includes("unknown") ? "unknown" : "allowed";
  return { flow, ruling, egress, ingress };
}

function ruleDirection(
  policies: readonly CompiledPolicy[],
  surroundings: Surroundings,
  flow: Flow,
  direction: Direction,
): DirectionRuling {
  const [subject, peer] = direction === "egress" ? [flow.from, flow.to] : [flow.to, flow.from];
  const impossible = wrongFamily(flow);
  if (impossible) return unknownRuling(flow, direction, impossible, []);
  if (subject.kind === "address")
    return settled("allowed", `${flowText(flow, direction)} is not limited: ${subject.address} is no pod`);
  if (isSame(subject, peer))
    return settled("allowed", `${flowText(flow, direction)} is allowed: no policy keeps a pod from itself`);
  const { family, protocol, port, icmpType } = flow;
  return rule(
    policies,
    {
      direction,
      subject,
      peer,
      family,
      protocol,
      surroundings,
      ...(port === undefined ? {} : { port }),
      ...(icmpType === undefined ? {} : { icmpType }),
    },
    flow,
  );
}

function rule(policies: readonly CompiledPolicy[], question: Question, flow: Flow): DirectionRuling {
  const applied = applying(policies, question);
  const isolating = applied.filter(({ section, applies }) => section.isolates && applies === true);
  const outcome = judge(applied, question);
  const isolatedBy = isolating.map(({ policy }) => policy.ref);
  const excused = outcome.denied && ownNode(question);
  if (excused === true)
    return {
      ...settled("allowed", `${flowText(flow, question.direction)} is allowed: a pod's own node always reaches it`),
      isolatedBy,
    };
  const doubt = outcome.doubt ?? (excused || undefined);
  if (doubt !== undefined)
    return unknownRuling(flow, question.direction, doubt, isolatedBy, outcome.denied?.step?.decidedBy);
  const step = (outcome.allowed ?? outcome.denied)?.step;
  const ruling = outcome.denied ? "denied" : "allowed";
  const why = `${flowText(flow, question.direction)} is ${ruling}${because(outcome, isolating, question)}`;
  return { ruling, isolatedBy, why, ...(step ? { decidedBy: step.decidedBy } : {}) };
}

/** What can come of the policies that apply to a question. */
export function judge(applied: readonly Applied[], question: Question): Outcome {
  const homeless = applied.find(({ policy }) => policy.tier.order === undefined);
  const first = applied[0];
  if (!first) return { allowed: {} };
  if (question.surroundings.mixed) {
    const because =
      "policies of Calico and of Cilium were given, and which of the two the cluster enforces is not known";
    return outcomeOf(undecidable(because, { policy: first.policy.ref, path: "spec", text: "" }));
  }
  if (!homeless) return outcomeOf(stepsOf(applied, question));
  const { ref, tier } = homeless.policy;
  const because =
    typeof homeless.applies === "object"
      ? homeless.applies.unknown
      : `${refText(ref)} is in tier ${tier.name}, whose Tier object was not given, so that its order is not known`;
  return outcomeOf(undecidable(because, { policy: ref, path: "spec.tier", text: tier.name }));
}

function because(outcome: Outcome, isolating: readonly Applied[], question: Question): string {
  const step = (outcome.allowed ?? outcome.denied)?.step;
  if (!step) return `: no policy limits ${endpointText(question.subject)} in this direction`;
  const { policy, path, text } = step.decidedBy;
  if (!step.byDefault) return ` by ${refText(policy)}, ${path} (${text})`;
  const names = isolating.map((applied) => refText(applied.policy.ref)).join(", ");
  const miss = isolating.some((applied) => prefixesMiss(applied, question))
    ? `; the prefixes it names are all ${otherFamily(question.family)}`
    : "";
  return `: ${names} isolates ${endpointText(question.subject)} and no rule matches${miss}`;
}

/**
 * "Traffic to and from the node where a Pod is running is always allowed, regardless of the IP address of the Pod or the node":
 * {@link https://kubernetes.io/docs/concepts/services-networking/network-policies/}. Plugins keep that for what comes from the
 * node (probes of the kubelet); what a pod sends to its own node some of them filter all the same.
 */
function ownNode({ direction, subject, peer }: Question): true | string | undefined {
  const node = nodeOf(peer);
  if (node === undefined) return undefined;
  if (subject.node === undefined)
    return `${endpointText(peer)} is a node's address, and which node ${endpointText(subject)} runs on is not known`;
  if (node !== subject.node) return undefined;
  if (direction === "ingress") return true;
  return "Kubernetes says that a pod's own node is always reachable, but Calico and Cilium apply egress policies to it";
}

function nodeOf(peer: Endpoint): string | undefined {
  return (peer as AddressEndpoint).kind === "address" || (peer as PodEndpoint).hostNetwork ? peer.node : undefined;
}

function isSame(subject: PodEndpoint, peer: Endpoint): boolean {
  return (
    peer.kind === "pod" && peer.name !== undefined && peer.name === subject.name && peer.namespace === subject.namespace
  );
}

/** A flow that cannot exist: an address of the other family, or a ping of the other family's protocol. */
function wrongFamily({ from, to, family, protocol }: Flow): string | undefined {
  const wrong = [from, to].find((endpoint) => hasFamily(endpoint, family) === false);
  if (wrong)
    return `${endpointText(wrong)} has no ${family} address, so that no ${family} packet can be between the two`;
  const invalid = [from, to].find((endpoint) => endpoint.kind === "address" && hasFamily(endpoint, family) !== true);
  if (invalid) return `"${endpointText(invalid)}" is no address`;
  const needs: Family = protocol === "ICMP" ? "IPv4" : "IPv6";
  return isIcmp(protocol) && needs !== family ? `${protocol} belongs to ${needs}, not to ${family}` : undefined;
}

function settled(ruling: Ruling, why: string): DirectionRuling {
  return { ruling, isolatedBy: [], why };
}

function unknownRuling(
  flow: Flow,
  direction: Direction,
  unknownBecause: string,
  isolatedBy: readonly PolicyRef[],
  decidedBy?: DecidedBy,
): DirectionRuling {
  const why = `Whether ${flowText(flow, direction)} is allowed is not known: ${unknownBecause}`;
  return { ruling: "unknown", isolatedBy, why, unknownBecause, ...(decidedBy ? { decidedBy } : {}) };
}

function flowText({ from, to, family, protocol, port }: Flow, direction: Direction): string {
  const [at, other] = direction === "egress" ? ["from", "to"] : ["to", "from"];
  const [subject, peer] = direction === "egress" ? [from, to] : [to, from];
  const traffic = port === undefined ? protocol : `${protocol} ${port}`;
  return `${family} ${direction} ${at} ${endpointText(subject)} ${other} ${endpointText(peer)} (${traffic})`;
}
