import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { familiesOf, internalIPs, podCIDRs } from "./families.ts";

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
  const addresses = states.map((state) => familiesOf(state.internalIPs));
  const ranges = states.map((state) => familiesOf(state.podCIDRs));
  return states.map((state, index) => ({
    ...state,
    odd: [...oddities("InternalIP", addresses, index), ...oddities("podCIDR", ranges, index)],
  }));
}

function oddities(what: string, all: readonly (readonly Family[])[], index: number): readonly string[] {
  const own = all[index] ?? [];
  const missing = (["IPv4", "IPv6"] as const).flatMap((family) => {
    const others = all.filter((families) => families.includes(family)).length;
    if (own.includes(family) || others === 0 || others * 2 < all.length) return [];
    return [`No ${family} ${what}, which ${others} of ${all.length} nodes have.`];
  });
  const first = own[0];
  const sameOrder = all.filter((families) => families.length === 2 && families[0] === first).length;
  const dual = all.filter((families) => families.length === 2).length;
  if (own.length < 2 || sameOrder * 2 >= dual) return missing;
  return [...missing, `${first} is the first ${what}, which it is on ${sameOrder} of ${dual} dual-stack nodes.`];
}
