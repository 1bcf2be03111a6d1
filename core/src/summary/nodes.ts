import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { familiesInTexts, internalIPs, podCIDRs } from "./families.ts";

/** The addresses of a node, and in what it differs from the others. */
export interface NodeState {
  readonly name: string;
  readonly internalIPs: readonly string[];
  readonly podCIDRs: readonly string[];
  /** Sentences; empty for a node like most others. */
  readonly odd: readonly string[];
}

/**
 * Finds the odd one out: a node without a family that at least half of the nodes have, or with the families in another
 * order than most. In the API's order.
 */
export function nodeStates(nodes: readonly KubeObject[]): readonly NodeState[] {
  const states = nodes.map((node) => ({
    name: node.metadata.name,
    internalIPs: internalIPs(node),
    podCIDRs: podCIDRs(node),
  }));
  const addresses = states.map((state) => familiesInTexts(state.internalIPs));
  const ranges = states.map((state) => familiesInTexts(state.podCIDRs));
  const [addressed, ranged] = [oddities("InternalIP", addresses), oddities("podCIDR", ranges)];
  return states.map((state, index) => ({
    ...state,
    odd: [...addressed(addresses[index] ?? []), ...ranged(ranges[index] ?? [])],
  }));
}

/** Counted once for all nodes, of which there may be thousands. */
function oddities(what: string, all: readonly (readonly Family[])[]): (own: readonly Family[]) => readonly string[] {
  const having = (family: Family) => all.filter((families) => families.includes(family)).length;
  const dualFrom = (first: Family) => all.filter((families) => families.length === 2 && families[0] === first).length;
  const others = { IPv4: having("IPv4"), IPv6: having("IPv6") };
  const firsts = { IPv4: dualFrom("IPv4"), IPv6: dualFrom("IPv6") };
  const dual = all.filter((families) => families.length === 2).length;
  return (own) => {
    const missing = (["IPv4", "IPv6"] as const).flatMap((family) => {
      if (own.includes(family) || others[family] === 0 || others[family] * 2 < all.length) return [];
      return [`No ${family} ${what}, which ${others[family]} of ${all.length} nodes have.`];
    });
    const [first] = own;
    const sameOrder = first ? firsts[first] : 0;
    if (own.length < 2 || sameOrder * 2 >= dual) return missing;
    return [...missing, `${first} is the first ${what}, which it is on ${sameOrder} of ${dual} dual-stack nodes.`];
  };
}
