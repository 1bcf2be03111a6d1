import { bits, type Family } from "../addresses/address.ts";
import { prefixesOfSpan, spanOf } from "../addresses/span.ts";
import { fileOf } from "../facts/identities.ts";
import { labelsOf } from "../facts/selectors.ts";
import { fact, type KnownFact } from "../lint/fact.ts";
import type { Report, Rule, World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { lookupIn, selectorMatches } from "../policy/labels.ts";

export const rule: Rule = {
  summary: "A MetalLB aggregation length that its pool or its family has no room for",
  why: `Addresses are announced as prefixes of \`aggregationLength\` (32 when left out) and \`aggregationLengthV6\` (128). A prefix
cannot be larger than the pool it is cut from, and an IPv6 pool needs the V6 field.`,
  source: "https://metallb.io/configuration/_advanced_bgp_configuration/",
  severity: "error",
  codes: ["MLB003", "MLB004"],
  kinds: ["BGPAdvertisement"],
  groups: ["metallb.io"],
  example: {
    bad: advertisement(129),
    good: advertisement(128),
  },

  *check(resource, world) {
    for (const [key, family] of [
      ["aggregationLength", "IPv4"],
      ["aggregationLengthV6", "IPv6"],
    ] as const) {
      const field = resource.get("spec", key);
      if (field?.integer === undefined) continue;
      const whole: Report["fix"] = {
        kind: "decision",
        title: `Write ${bits(family)}`,
        edits: [field.replaceBare(bits(family))],
      };
      if (field.integer > bits(family)) {
        const message = `invalid aggregation length ${field.integer} for ${family}: the most is ${bits(family)}`;
        yield { at: field, message, codes: ["MLB004"], fix: whole };
      } else {
        const message = tooShort(resource, world, family, field.integer);
        if (message) yield { at: field, message, codes: ["MLB003"], fix: whole } satisfies Report;
      }
    }
  },
};

const pools = fact<Pool>(["IPAddressPool"], (resource) => {
  if (resource.group !== "metallb.io") return undefined;
  const addresses = resource.get("spec", "addresses")?.items() ?? [];
  return {
    addresses: addresses.flatMap(({ text }) => lowestOf(text ?? "") ?? []),
    labels: labelsOf(resource.get("metadata", "labels")),
  };
});

/**
 * The pools that an advertisement names, and those that one of its selectors matches; without either it is for every pool. Where
 * no name is given, those that stand in its own file are surely meant.
 * {@link https://github.com/metallb/metallb/blob/main/internal/config/config.go}, setBGPAdvertisementsToPools
 */
function announced(resource: Resource, world: World): readonly Lowest[] {
  const listed = (key: string) => resource.get("spec", key)?.items() ?? [];
  const names = listed("ipAddressPools").map(({ text }) => text);
  const selectors = listed("ipAddressPoolSelectors").map((selector) => selector.toJSON());
  const file = fileOf(world, resource);
  // Of all pools of a file only those of the longest prefixes count.
  if (names.length === 0 && selectors.length === 0)
    return world.digest(pools, longest).get(`${resource.namespace} ${file}`) ?? [];
  const chosen = world.all(pools).filter((pool) => {
    const { labels } = pool.value;
    if (pool.namespace !== resource.namespace) return false;
    if (names.includes(pool.name)) return true;
    if (pool.file !== file || labels === undefined) return false;
    return selectors.some((selector) => selectorMatches(selector, lookupIn(labels)) === true);
  });
  return chosen.flatMap(({ value }) => value.addresses);
}

/** Of the pools of a namespace in a file, the first with the longest prefix of each family. */
function longest(all: readonly KnownFact<Pool>[]): ReadonlyMap<string, readonly Lowest[]> {
  const found = new Map<string, Lowest[]>();
  for (const { namespace, file, value } of all)
    for (const one of value.addresses) {
      const key = `${namespace} ${file}`;
      const before = found.get(key) ?? [];
      const same = before.find(({ family }) => family === one.family);
      if (same && same.lowest >= one.lowest) continue;
      found.set(key, [...before.filter((other) => other !== same), one]);
    }
  return found;
}

interface Pool {
  readonly addresses: readonly Lowest[];
  readonly labels: Readonly<Record<string, string>> | undefined;
}

interface Lowest {
  readonly text: string;
  readonly family: Family;
  readonly lowest: number;
}

/** Of a range, the largest of the prefixes that make it up counts. */
function lowestOf(text: string): Lowest | undefined {
  const span = spanOf(text);
  if (!span) return undefined;
  return { text, family: span.first.family, lowest: Math.min(...prefixesOfSpan(span).map(({ length }) => length)) };
}

function tooShort(resource: Resource, world: World, family: Family, length: number): string | undefined {
  if (resource.partial) return undefined;
  for (const { text, family: of, lowest } of announced(resource, world)) {
    if (of === family && length < lowest)
      return `invalid aggregation length ${length}: prefix ${lowest} in this pool is more specific, see ${text}`;
  }
  return undefined;
}

function advertisement(length: number): string {
  return `apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata:
  name: edge
spec:
  aggregationLengthV6: ${length}
`;
}
