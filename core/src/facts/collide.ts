import type { WrittenRange } from "./ranges.ts";

/** A range and whose it is. */
export interface OwnedRange extends WrittenRange {
  readonly kind: string;
  readonly name: string | undefined;
}

/** Kinds whose objects each hand out addresses on their own, so that two of them must not share any. */
const pools = ["IPPool", "CiliumPodIPPool", "IPAddressPool", "CiliumLoadBalancerIPPool", "Installation", "Node"];

/**
 * True if two ranges that overlap may give one address to two owners. Two descriptions of the same thing do not
 * collide: the podSubnet and the pools cut out of it, or the same flag of two components.
 */
export function collide(a: OwnedRange, b: OwnedRange): boolean {
  if (a.role === "plan" || b.role === "plan") return a.role === b.role && !isNested(a, b) && !isNested(b, a);
  if (purpose(a) !== purpose(b)) return true;
  if (a.kind !== b.kind || !pools.includes(a.kind)) return false;
  // The same name again is the same object again, and the paths tell the ranges of one object apart.
  return a.kind === "Installation" || a.name !== b.name || a.path !== b.path;
}

/** A Node's podCIDRs are for pods as well. */
function purpose({ role }: WrittenRange): string {
  return role === "node" ? "pod" : role;
}

/** In a plan, `prefix:` or the like is the whole that everything beside it is cut out of. */
function isNested(outer: WrittenRange, inner: WrittenRange): boolean {
  const [, parent, key] = /^(.*)\.([^.]+)$/.exec(outer.path) ?? [];
  const whole = /^(?:cidr|prefix|supernet|aggregate|block|network|range|total|allocation|site|organi[sz]ation)$/i;
  return parent !== undefined && whole.test(key ?? "") && inner.path.startsWith(`${parent}.`);
}
