import { canonicalAddress, type Family } from "../addresses/address.ts";
import type { Answer, KubeObject } from "../cluster/cluster.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";

interface Endpoint {
  readonly addresses?: readonly string[];
  readonly nodeName?: string;
  readonly conditions?: { readonly ready?: boolean; readonly serving?: boolean };
}

/** What the slices of one family list, in the order of the API. */
export function endpointsIn(slices: readonly KubeObject[], family: Family): Endpoint[] {
  return slices
    .filter(({ addressType }) => addressType === family)
    .flatMap(({ endpoints }) => (Array.isArray(endpoints) ? (endpoints as Endpoint[]) : []));
}

/**
 * Whether a proxy sends to it: it is ready, or it still serves while it ends, and nothing else is left.
 * {@link https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions}
 */
export function isSentTo({ conditions }: Endpoint): boolean {
  return conditions?.ready !== false || conditions.serving === true;
}

/** The slices as they are behind the dial: what was read before it may have changed since, as in a rollout. */
export function* slicesSince(named: {
  readonly namespace: string;
  readonly service: string;
}): Asking<Answer<readonly KubeObject[]>> {
  return yield* tryAsk(endpointSlices, { ...named, again: true });
}

export function isListed(slices: readonly KubeObject[], address: string): boolean {
  const own = canonicalAddress(address);
  const all = [...endpointsIn(slices, "IPv6"), ...endpointsIn(slices, "IPv4")];
  return all.some(({ addresses = [] }) => addresses.some((one) => canonicalAddress(one) === own));
}
