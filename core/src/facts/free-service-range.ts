import { formatPrefix, type Prefix } from "../addresses/address.ts";
import { spanOf, spansOverlap } from "../addresses/span.ts";
import type { World } from "../lint/rule.ts";
import { ranges } from "./ranges.ts";

/**
 * A /112 for Services in the /48 that the pods' prefix is of, as far behind it as there is room: nothing that would have to be made up. undefined
 * where pods have all of the /48, or everything there is in use.
 */
export function freeServiceRange(world: World, pods: readonly Prefix[]): string | undefined {
  const of = pods.find(({ address }) => address.family === "IPv6");
  if (!of || of.length <= 48) return undefined;
  const used = world.all(ranges).flatMap(({ value }) => value.flatMap(({ text }) => spanOf(text) ?? []));
  const site = (of.address.value >> 80n) << 80n;
  for (let subnet = 0xffffn; subnet >= 0xfff0n; subnet--) {
    const address = { ...of.address, value: site | (subnet << 64n) };
    const text = formatPrefix({ address, length: 112 });
    const span = spanOf(text);
    if (span && !used.some((other) => spansOverlap(span, other))) return text;
  }
  return undefined;
}
