import { type Address, formatAddress, parseAddress } from "../addresses/address.ts";
import type { AbortSignalLike, Cluster, KubeObject, Refusal } from "../cluster/cluster.ts";
import { findPoint } from "./ways.ts";
import type { Point } from "./wish.ts";

/** One end of a pair as the API tells of it. */
export interface CaptureEndpoint {
  readonly node: string;
  /** "pod default/web" */
  readonly whose: string;
  readonly inNode: boolean;
  readonly addresses: readonly (Address & { readonly text: string })[];
  /** All that its node is known by: a tunnel may begin and end at any of them. */
  readonly nodeAddresses: readonly Address[];
}

export async function findEnd(
  cluster: Cluster,
  at: Point,
  signal: AbortSignalLike,
): Promise<CaptureEndpoint | { readonly refusal: Refusal }> {
  const found = await findPoint(cluster, at, signal);
  if ("refusal" in found) return found;
  const { pod, node: name, inNode } = found;
  const answer = await cluster.get({ apiVersion: "v1", resource: "nodes" }, name, { signal });
  // Without its addresses no tunnel would be seen, and what arrives in one be said to be lost.
  if (!answer.ok) return answer;
  const own = addressesOf(answer.value);
  const podIPs = ((pod?.status?.podIPs ?? []) as { ip: string }[]).map(({ ip }) => ip);
  const addresses = parsed(pod ? podIPs : own);
  const whose = at.kind === "pod" ? `pod ${at.namespace}/${at.pod}` : `node ${name}`;
  if (addresses.length === 0)
    return {
      refusal: { reason: "not-found", message: `No address of ${whose} is known, so that its packets cannot be told.` },
    };
  return { node: name, whose, inNode, addresses, nodeAddresses: parsed([...own, ...annotated(answer.value)]) };
}

function addressesOf({ status }: KubeObject): string[] {
  return ((status?.addresses ?? []) as { type: string; address: string }[]).map(({ address }) => address);
}

/** Network plugins write down from where they tunnel: an address, alone or with its length. */
function annotated({ metadata }: KubeObject): string[] {
  return Object.values(metadata.annotations ?? {}).map((value) => value.replace(/\/\d{1,3}$/, ""));
}

const mostAddresses = 8;

function parsed(texts: readonly string[]): (Address & { text: string })[] {
  const found = texts.flatMap((text) => {
    const address = parseAddress(text);
    return address && !address.leadingZeros ? [{ ...address, text: formatAddress(address) }] : [];
  });
  return [...new Map(found.map((one) => [one.text, one])).values()].slice(0, mostAddresses);
}
