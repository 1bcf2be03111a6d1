import { type Family, type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Written } from "../kinds/flags.ts";
import type { Place } from "../manifest/field.ts";

/** One part of a list of prefixes in a string, as `podSubnet: 10.244.0.0/16,fd00:10:244::/56` holds two. */
export interface Subnet {
  readonly text: string;
  /** undefined if it cannot be read. */
  readonly prefix: Prefix | undefined;
  readonly at: Place;
}

/** The parts of a comma-separated list; blanks belong to their part, since the readers of these lists refuse them. */
export function subnetList(written: Written | undefined): readonly Subnet[] {
  if (!written?.text) return [];
  let start = 0;
  return written.text.split(",").map((text) => {
    const at = written.within(start, start + text.length);
    start += text.length + 1;
    return { text, prefix: parsePrefix(text), at };
  });
}

/** The prefixes of a list, undefined if one of them cannot be read: then nothing more is to be said of the list. */
export function prefixesOf(list: readonly Subnet[]): readonly Prefix[] | undefined {
  const prefixes = list.flatMap(({ prefix }) => prefix ?? []);
  return prefixes.length === list.length ? prefixes : undefined;
}

/** Their families, each once, in the order written. */
export function prefixFamiliesOf(prefixes: readonly Prefix[]): readonly Family[] {
  return [...new Set(prefixes.map(({ address }) => address.family))];
}

/** One prefix, or one of each family. */
export function isSingleOrDual(prefixes: readonly Prefix[]): boolean {
  return prefixes.length <= 2 && prefixFamiliesOf(prefixes).length === prefixes.length;
}
