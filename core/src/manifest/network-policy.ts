import { type Family, parsePrefix } from "../address.ts";
import type { Field } from "./field.ts";
import type { Resource } from "./resource.ts";
import { writesInto } from "./template.ts";

/** One entry of `ingress` or `egress` of a NetworkPolicy. */
export interface PolicyRule {
  readonly direction: "ingress" | "egress";
  readonly rule: Field;
  /** The list of peers, `from` or `to`; without one, the rule is open to everybody. */
  readonly peers: Field | undefined;
}

/** The rules of a networking.k8s.io NetworkPolicy in the order ingress, egress. */
export function policyRules(policy: Resource): readonly PolicyRule[] {
  return (["ingress", "egress"] as const).flatMap((direction) =>
    (policy.get("spec", direction)?.items() ?? []).map((rule) => ({
      direction,
      rule,
      peers: rule.get(direction === "ingress" ? "from" : "to"),
    })),
  );
}

/** Every `ipBlock` of a policy. */
export function ipBlocks(policy: Resource): readonly (PolicyRule & { readonly block: Field })[] {
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

/**
 * True if a family is, or may be, open to everybody where a rule is open to the other: entries, and rules on the same
 * ports, add up.
 */
export function isOpen(policy: Resource, { direction, rule }: PolicyRule, family: Family): boolean {
  const ports = portsOf(rule);
  return policyRules(policy)
    .filter((other) => other.direction === direction && ["[]", ports].includes(portsOf(other.rule)))
    .some(({ peers }) => (peers?.items().length ?? 0) === 0 || opens(cidrsOf(peers), family) || mayOpen(peers, family));
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
  return new Set(own.filter(({ length }) => length === 1).map(({ address }) => address.value)).size === 2;
}

function portsOf(rule: Field): string {
  return JSON.stringify(rule.get("ports")?.toJSON() ?? []);
}

/** True if the policy isolates its pods in that direction: named in `policyTypes`, or, without these, by its default. */
export function isolates(policy: Resource, direction: "ingress" | "egress"): boolean {
  const types = policy.get("spec", "policyTypes");
  const named = direction === "ingress" ? "Ingress" : "Egress";
  if (types) return types.items().some(({ text }) => text === named);
  return direction === "ingress" || (policy.get("spec", "egress")?.items() ?? []).length > 0;
}
