import { type Family, firstAddress, parsePrefix } from "../addresses/address.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { writesInto } from "../manifest/template.ts";
import { type Ports, portsOf } from "./policy-ports.ts";

/** One entry of `ingress` or `egress` of a NetworkPolicy. */
export interface NetworkPolicyRule {
  readonly direction: "ingress" | "egress";
  readonly rule: Field;
  /** The list of peers, `from` or `to`; without one, the rule is open to everybody. */
  readonly peers: Field | undefined;
}

/** The rules of a networking.k8s.io NetworkPolicy in the order ingress, egress. */
export function policyRules(policy: Resource): readonly NetworkPolicyRule[] {
  return (["ingress", "egress"] as const).flatMap((direction) =>
    (policy.get("spec", direction)?.items() ?? []).map((rule) => ({
      direction,
      rule,
      peers: rule.get(direction === "ingress" ? "from" : "to"),
    })),
  );
}

/** Every `ipBlock` of a policy. */
export function ipBlocks(policy: Resource): readonly (NetworkPolicyRule & { readonly block: Field })[] {
  return policyRules(policy).flatMap((rule) =>
    (rule.peers?.items() ?? []).flatMap((peer) => {
      const block = peer.get("ipBlock");
      return block ? [{ ...rule, block }] : [];
    }),
  );
}

/** The prefixes of a list of peers, in the order of the peers; undefined for one that is no block. */
export function cidrsOf(peers: Field | undefined): readonly (Field | undefined)[] {
  return peers?.items().map((peer) => peer.get("ipBlock", "cidr")) ?? [];
}

/** True if an `except` names the family although its block is of the other: it was thought of, but in the wrong place. */
export function exceptsOther(peers: Field | undefined, family: Family): boolean {
  const blocks = peers?.items().flatMap((peer) => peer.get("ipBlock") ?? []) ?? [];
  const other = blocks.filter((block) => parsePrefix(block.get("cidr")?.text ?? "")?.address.family !== family);
  const excepts = other.flatMap((block) => block.get("except")?.items() ?? []);
  return excepts.some(({ text }) => parsePrefix(text ?? "")?.address.family === family);
}

/** The ports of either direction that a family is, or may be, open to everybody on: entries, and rules, add up. */
export interface Openings {
  readonly ingress: readonly Ports[];
  readonly egress: readonly Ports[];
}

/** What a policy opens to all of a family. */
export function openings(policy: Resource, family: Family): Openings {
  const of = (direction: "ingress" | "egress") =>
    policyRules(policy)
      .filter((rule) => rule.direction === direction)
      .filter(({ peers }) => isEmpty(peers) || opens(cidrsOf(peers), family) || mayOpen(peers, family))
      .flatMap(({ rule }) => portsOf(rule));
  return { ingress: of("ingress"), egress: of("egress") };
}

function isEmpty(peers: Field | undefined): boolean {
  return (peers?.items().length ?? 0) === 0;
}

/** True if some peers cannot be read, and may be all of the family: a template's, or a mistake that is to be mended first. */
function mayOpen(peers: Field | undefined, family: Family): boolean {
  const items = peers?.items() ?? [];
  if (!peers || items.length === 0) return false;
  if (peers.resource.partial && writesInto(peers.resource.source, peers.node.start, peers.node.end)) return true;
  return items.some((peer) => {
    const cidr = peer.get("ipBlock", "cidr");
    return (
      peer.type === "template" || (cidr !== undefined && !parsePrefix(cidr.text ?? "") && mayBe(cidr.text, family))
    );
  });
}

/** Whether a text that is no prefix was meant for one of that family. */
export function mayBe(text: string | undefined, family: Family): boolean {
  if (text === undefined) return true;
  return family === "IPv6" ? !/^[\d.]+(?:\/\d*)?$/.test(text) : !text.includes(":");
}

/** Which of some prefixes is, or completes with those before it, all of a family; -1 if they leave something of it out. */
export function anyAt(cidrs: readonly (Field | undefined)[], family: Family): number {
  const whole = cidrs.findIndex((cidr) => isAny(cidr, family));
  if (whole >= 0) return whole;
  const halves = new Set<bigint>();
  return cidrs.findIndex((cidr) => {
    const prefix = parsePrefix(cidr?.text ?? "");
    if (prefix?.length === 1 && prefix.address.family === family) halves.add(firstAddress(prefix).value);
    return halves.size === 2;
  });
}

/** True for the prefix that holds all of a family. */
export function isAny(cidr: Field | undefined, family: Family): boolean {
  const prefix = parsePrefix(cidr?.text ?? "");
  return prefix?.length === 0 && prefix.address.family === family;
}

/** `0.0.0.0/0` or its two halves; for IPv6 `::/0`, its halves, or all of global unicast. */
function opens(cidrs: readonly (Field | undefined)[], family: Family): boolean {
  const prefixes = cidrs.flatMap((cidr) => parsePrefix(cidr?.text ?? "") ?? []);
  const own = prefixes.filter(({ address }) => address.family === family);
  if (own.some(({ length }) => length === 0)) return true;
  if (family === "IPv6" && own.some(({ address, length }) => length <= 3 && address.value >> 125n === 1n)) return true;
  return bothHalves(cidrs, family);
}

/** `0.0.0.0/1` and `128.0.0.0/1` */
function bothHalves(cidrs: readonly (Field | undefined)[], family: Family): boolean {
  const prefixes = cidrs.flatMap((cidr) => parsePrefix(cidr?.text ?? "") ?? []);
  const halves = prefixes.filter(({ address, length }) => address.family === family && length === 1);
  return new Set(halves.map((half) => firstAddress(half).value)).size === 2;
}

/** True if the policy isolates its pods in that direction: named in `policyTypes`, or, without these, by its default. */
export function isolates(policy: Resource, direction: "ingress" | "egress"): boolean {
  const types = policy.get("spec", "policyTypes");
  const named = direction === "ingress" ? "Ingress" : "Egress";
  if (types?.type === "template") return false;
  // An empty list is filled in like one that is left out.
  if (types && types.items().length > 0) return types.items().some(({ text }) => text === named);
  return direction === "ingress" || (policy.get("spec", "egress")?.items() ?? []).length > 0;
}
