import { type Address, type Family, parseAddress } from "../addresses/address.ts";

/** A pod of ours that listens. */
export interface RingListener {
  readonly node: string;
  readonly pod: string;
  /** As the API says them; a family that it has no address of is absent. */
  readonly addresses: Readonly<Partial<Record<Family, string>>>;
}

/** A connection from the pod on one node to the pod on another, over each family that both have; indexes of listeners. */
export type RingPair = readonly [from: number, to: number];

/**
 * The plan as the diallers read it: a line for each listener, `NODE POD IPv4|- IPv6|- TO,TO,...|-`. An address is given only to whom it is
 * dialled from by a pod that has one of that family too.
 */
export function planText(listeners: readonly RingListener[], dials: readonly RingPair[]): string {
  const targets = Map.groupBy(dials, ([from]) => from);
  const lines = listeners.map(({ node, pod, addresses }, index) => {
    const to = (targets.get(index) ?? []).map(([, other]) => other);
    return [node, pod, addresses.IPv4 ?? "-", addresses.IPv6 ?? "-", to.length > 0 ? to.join(",") : "-"].join(" ");
  });
  return `${lines.join("\n")}\n`;
}

/** Names and addresses as Kubernetes gives them; what is anything else gets into no plan. */
export function isSound({ node, pod, addresses }: RingListener): boolean {
  const named = [node, pod].every((name) => /^[a-z0-9][a-z0-9.-]{0,252}$/.test(name));
  return named && Object.entries(addresses).every(([family, text]) => isOf(parseAddress(text), family));
}

function isOf(address: Address | undefined, family: string): boolean {
  return address?.family === family;
}
