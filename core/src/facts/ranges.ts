import { type Span, spanOf } from "../addresses/span.ts";
import { initialPools } from "../kinds/calico-node.ts";
import { programFlags } from "../kinds/flags.ts";
import { fact } from "../lint/fact.ts";
import { addressFields, rangeKinds } from "../literals/address-fields.ts";
import { subnetList } from "../literals/subnet-list.ts";
import type { Field, Place } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { under } from "../manifest/missing.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

/** What a range hands out addresses to. "plan": one that a document only writes down. */
export type RangeRole = "pod" | "service" | "node" | "load-balancer" | "plan";

/** A range as it is written: `10.244.0.0/16`, or `fd00::10-fd00::20` as MetalLB takes it. */
export interface WrittenRange {
  readonly role: RangeRole;
  readonly text: string;
  readonly path: string;
  /** A pool that calico-node makes when it starts first, and only if there is none yet: nobody knows whether it is in use. */
  readonly initial?: true;
}

export interface PlacedRange extends WrittenRange {
  readonly at: Place;
  readonly span: Span;
}

/** Every range that a resource hands out addresses from, in the order of its text. */
export const ranges = fact<readonly WrittenRange[]>(
  [...rangeKinds, ...podKinds],
  (resource) => {
    const found = placedRangesOf(resource).map(({ at, span, ...range }): WrittenRange => range);
    return found.length > 0 ? found : undefined;
  },
  likeAddress,
);

/** The ranges of one resource with their places; what cannot be read is left out. */
export function placedRangesOf(resource: Resource): readonly PlacedRange[] {
  return resource.once(placedRangesOf, () =>
    [...fieldRanges(resource), ...blockRanges(resource), ...flagRanges(resource), ...calicoNodeRanges(resource)].sort(
      (a, b) => a.at.start - b.at.start,
    ),
  );
}

function fieldRanges(resource: Resource): PlacedRange[] {
  return addressFields(resource).flatMap(({ path, field, text, start, end }): PlacedRange[] => {
    const span = path.range && spanOf(text);
    if (!path.range || !span) return [];
    return [{ role: useOf(field) ?? path.range, text, path: field.path, at: field.within(start, end), span }];
  });
}

/**
 * A Calico pool may be for load balancers, or for the tunnels of nodes, and then gives no pod an address.
 * {@link https://docs.tigera.io/calico/latest/reference/resources/ippool#allowed-uses}
 */
function useOf(cidr: Field): RangeRole | undefined {
  const uses = cidr.parent?.get("allowedUses")?.items() ?? [];
  const only = (use: string) => uses.length > 0 && uses.every(({ text }) => text === use);
  return only("LoadBalancer") ? "load-balancer" : only("Tunnel") ? "node" : undefined;
}

/** Blocks of a Cilium load balancer pool that are two addresses, or one. */
function blockRanges(resource: Resource): PlacedRange[] {
  if (resource.kind !== "CiliumLoadBalancerIPPool" || resource.group !== "cilium.io") return [];
  return ["blocks", "cidrs"].flatMap((list) =>
    (resource.get("spec", list)?.items() ?? []).flatMap((block) => {
      const start = block.get("start");
      const text = `${start?.text}-${(block.get("stop") ?? start)?.text}`;
      const span = start && !block.has("cidr") ? spanOf(text) : undefined;
      return start && span
        ? [{ role: "load-balancer", text, path: block.path, at: under(block.path, start), span }]
        : [];
    }),
  );
}

const flags = [
  ["kube-apiserver", "service-cluster-ip-range", "service"],
  ["kube-controller-manager", "cluster-cidr", "pod"],
  ["kube-controller-manager", "service-cluster-ip-range", "service"],
  ["kube-proxy", "cluster-cidr", "pod"],
] as const;

function flagRanges(resource: Resource): PlacedRange[] {
  return flags.flatMap(([program, name, role]) =>
    subnetList(programFlags(resource, program)?.get(name)).flatMap(({ text, at }) => {
      const span = spanOf(text);
      return span ? [{ role, text, path: at.path, at, span }] : [];
    }),
  );
}

function calicoNodeRanges(resource: Resource): PlacedRange[] {
  return initialPools(resource).flatMap(({ text, at }) => {
    const span = spanOf(text);
    return span ? [{ role: "pod", text, path: at.path, at, span, initial: true }] : [];
  });
}
