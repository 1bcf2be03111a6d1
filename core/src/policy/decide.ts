import { type Family, otherFamily } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { compile } from "./compile.ts";
import { judgeQuestion, ownNode } from "./judge.ts";
import type {
  CompiledPolicy,
  DecidedBy,
  Direction,
  PodEndpoint,
  PolicyEndpoint,
  PolicyEngine,
  PolicyFlow,
  PolicyQuestion,
  PolicyRef,
  PolicySurroundings,
  Ruling,
} from "./model.ts";
import { endpointText, hasFamily } from "./peers.ts";
import { list, mapping } from "./read.ts";
import { refText } from "./ref.ts";
import { type Applied, applying, type PolicyOutcome } from "./steps.ts";
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
  /** Present if Kubernetes' own text allows the flow and a known network plugin does otherwise. */
  readonly caveat?: string;
}

export interface Decision {
  readonly flow: PolicyFlow;
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
 * `engine` is what enforces policies in the cluster, if that is known and the policies do not tell by their kind.
 */
export function decide(objects: readonly KubeObject[], flow: PolicyFlow, engine?: PolicyEngine): Decision {
  return decider(objects, engine)(flow);
}

/** The same for many flows over the same objects, which are read once. */
export function decider(objects: readonly KubeObject[], engine?: PolicyEngine): (flow: PolicyFlow) => Decision {
  const given = flatten(objects);
  const surroundings = surround(given, engine);
  const policies = compile(given, surroundings);
  return (flow) => {
    const egress = ruleDirection(policies, surroundings, flow, "egress");
    const ingress = ruleDirection(policies, surroundings, flow, "ingress");
    const rulings = [egress.ruling, ingress.ruling];
    const ruling = rulings.includes("denied") ? "denied" : rulings.includes("unknown") ? "unknown" : "allowed";
    return { flow, ruling, egress, ingress };
  };
}

function ruleDirection(
  policies: readonly CompiledPolicy[],
  surroundings: PolicySurroundings,
  flow: PolicyFlow,
  direction: Direction,
): DirectionRuling {
  const [subject, peer] = direction === "egress" ? [flow.from, flow.to] : [flow.to, flow.from];
  const impossible = wrongFamily(flow);
  if (impossible) return unknownRuling(flow, direction, impossible, []);
  const text = flowText(flow, direction);
  if (hasHostPolicies(surroundings) && isHost(subject))
    return unknownRuling(flow, direction, `policies for hosts are among those given, and they are not judged`, []);
  if (subject.kind === "address") return settled("allowed", `${text} is not limited: ${subject.address} is no pod`);
  if (isSame(subject, peer)) return settled("allowed", `${text} is allowed: no policy keeps a pod from itself`);
  const { from: _from, to: _to, ...asked } = flow;
  return rule(policies, { direction, subject, peer, surroundings, ...asked }, flow);
}

function rule(policies: readonly CompiledPolicy[], question: PolicyQuestion, flow: PolicyFlow): DirectionRuling {
  const applied = applying(policies, question);
  const isolating = applied.filter(({ section, applies }) => section.isolates && applies === true);
  const isolatedBy = isolating.map(({ policy }) => policy.ref);
  const outcome = judgeQuestion(applied, question);
  const excused = outcome.denied && ownNode(question, outcome.denied.step?.byDefault === true);
  const text = flowText(flow, question.direction);
  if (excused === true)
    return { ...settled("allowed", `${text} is allowed: a pod's own node always reaches it`), isolatedBy };
  const doubt = outcome.doubt ?? excused;
  if (doubt !== undefined)
    return unknownRuling(flow, question.direction, doubt, isolatedBy, outcome.denied?.step?.decidedBy);
  const step = (outcome.allowed ?? outcome.denied)?.step;
  const ruling = outcome.denied ? "denied" : "allowed";
  const caveat = step && ruling === "allowed" ? caveatOf(step.decidedBy, question) : undefined;
  return {
    ruling,
    isolatedBy,
    why: `${text} is ${ruling}${because(outcome, isolating, question)}`,
    ...(step ? { decidedBy: step.decidedBy } : {}),
    ...(caveat === undefined ? {} : { caveat }),
  };
}

/** True if a section's rules name prefixes and none is of the family asked for. */
function prefixesMiss({ section }: Applied, { family }: PolicyQuestion): boolean {
  const ofOneFamily = section.rules.flatMap(({ peers }) => peers ?? []).filter(({ families }) => families.length === 1);
  return ofOneFamily.length > 0 && ofOneFamily.every(({ families }) => !families.includes(family));
}

/** Where plugins are known to differ from what Kubernetes says, as long as nobody has said which plugin it is. */
function caveatOf({ policy, path }: DecidedBy, { peer, protocol, surroundings }: PolicyQuestion): string | undefined {
  if (surroundings.engine || policy.kind !== "NetworkPolicy") return undefined;
  // https://docs.cilium.io/en/stable/network/kubernetes/policy/
  if (path.endsWith("ipBlock.cidr") && peer.kind === "pod")
    return "Cilium does not match pods by ipBlock: there only a podSelector or namespaceSelector lets this flow pass";
  if (isIcmp(protocol))
    return "Kubernetes leaves open what a rule without ports means for ICMP; Calico and Cilium let it through";
  return undefined;
}

/** Calico's HostEndpoints and Cilium's nodeSelector put hosts under policies too. */
function hasHostPolicies(surroundings: PolicySurroundings): boolean {
  const cilium = surroundings.all("CiliumClusterwideNetworkPolicy");
  return (
    surroundings.all("HostEndpoint").length > 0 ||
    cilium.some((policy) =>
      [policy.spec, ...list(policy.specs)].some((spec) => mapping(spec).nodeSelector !== undefined),
    )
  );
}

function isHost(endpoint: PolicyEndpoint): boolean {
  return endpoint.kind === "address" ? endpoint.node !== undefined : endpoint.hostNetwork === true;
}

function because(outcome: PolicyOutcome, isolating: readonly Applied[], question: PolicyQuestion): string {
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

function isSame(subject: PodEndpoint, peer: PolicyEndpoint): boolean {
  return (
    peer.kind === "pod" && peer.name !== undefined && peer.name === subject.name && peer.namespace === subject.namespace
  );
}

/** A flow that cannot exist: an address of the other family, or a ping of the other family's protocol. */
function wrongFamily({ from, to, family, protocol }: PolicyFlow): string | undefined {
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
  flow: PolicyFlow,
  direction: Direction,
  unknownBecause: string,
  isolatedBy: readonly PolicyRef[],
  decidedBy?: DecidedBy,
): DirectionRuling {
  const why = `Whether ${flowText(flow, direction)} is allowed is not known: ${unknownBecause}`;
  return { ruling: "unknown", isolatedBy, why, unknownBecause, ...(decidedBy ? { decidedBy } : {}) };
}

function flowText({ from, to, family, protocol, port }: PolicyFlow, direction: Direction): string {
  const [at, other] = direction === "egress" ? ["from", "to"] : ["to", "from"];
  const [subject, peer] = direction === "egress" ? [from, to] : [to, from];
  const traffic = port === undefined ? protocol : `${protocol} ${port}`;
  return `${family} ${direction} ${at} ${endpointText(subject)} ${other} ${endpointText(peer)} (${traffic})`;
}
