/**
 * Which addresses of a place are held against which of the other family. Nobody can translate an address, so that a place is compared
 * by what becomes of its parts: bulk with bulk, and what policies name apart with whatever the other family names that fares the same.
 */
import type { Family } from "../addresses/address.ts";
import { compareBigInts } from "../addresses/span.ts";
import type { Atom } from "./atoms.ts";
import type { Block, ParityPlace } from "./places.ts";
import { type Behaviour, textOf } from "./ruling.ts";

/** Addresses of a place that fare alike. */
export interface Region {
  readonly text: string;
  readonly behaviour: Behaviour;
  /** The largest atom, the lowest of several. */
  readonly atom: Atom;
  /** Of all its atoms together. */
  readonly size: bigint;
}

interface Bulk extends Region {
  /** Some prefix holds this block and not the whole place. */
  readonly named: boolean;
}

/** What is known of one family of a place. */
export interface Side {
  /** Of each block what most of its addresses get. */
  readonly bulks: readonly Bulk[];
  /** What a part of a block gets that is not its bulk. */
  readonly apart: readonly Region[];
}

export interface RegionPair {
  readonly IPv4: Region;
  readonly IPv6: Region;
}

export interface RuledBlock {
  readonly block: Block;
  readonly named: boolean;
  readonly atoms: readonly { readonly atom: Atom; readonly behaviour: Behaviour }[];
}

/** The regions of one family, given its blocks with the behaviour of each atom. */
export function sideOf(blocks: readonly RuledBlock[]): Side {
  const bulks: Bulk[] = [];
  const rest: Region[] = [];
  for (const { atoms, named } of blocks) {
    const regions = [...Map.groupBy(atoms, ({ behaviour }) => textOf(behaviour))].map(([text, members]) => {
      const size = members.reduce((sum, { atom }) => sum + atom.size, 0n);
      const [first] = [...members].sort((a, b) => compareBigInts(b.atom.size, a.atom.size));
      return { text, size, behaviour: first?.behaviour ?? [], atom: first?.atom as Atom };
    });
    const [bulk, ...others] = regions.sort((a, b) => compareBigInts(b.size, a.size));
    if (bulk) bulks.push({ ...bulk, named });
    rest.push(...others);
  }
  return { bulks, apart: [...Map.groupBy(rest, ({ text }) => text).values()].map(joined) };
}

/** More than one address: what stands for all private addresses of IPv4 is a site's prefix at least. */
const siteSize = 1n << 64n;

/** The regions that have no counterpart which fares the same, each beside what it is held against. */
export function unlike(side4: Side, side6: Side): readonly RegionPair[] {
  const several = side4.bulks.length > 1;
  const home4 = side4.bulks.find(({ named }) => named) ?? side4.bulks[0];
  const home6 = side6.bulks[0];
  if (!home4 || !home6) return [];
  const texts4 = new Set([...side4.bulks, ...side4.apart].map(({ text }) => text));
  const texts6 = new Set([...side6.bulks, ...side6.apart].map(({ text }) => text));
  const broad6 = new Set(
    [...side6.bulks, ...side6.apart.filter(({ size }) => size >= siteSize)].map(({ text }) => text),
  );
  const wide4 = new Set(side4.bulks.map(({ text }) => text));
  const pairs: RegionPair[] = wide4.has(home6.text) ? [] : [{ IPv4: home4, IPv6: home6 }];
  const told = new Set(pairs.map(({ IPv4 }) => IPv4.text));
  const wideLeft = several ? side4.bulks.filter(({ named, text }) => named && !broad6.has(text)) : [];
  const left4 = [...wideLeft, ...side4.apart.filter(({ text }) => !texts6.has(text))].filter(
    ({ text }, index, all) => !told.has(text) && all.findIndex((one) => one.text === text) === index,
  );
  const left6 = side6.apart.filter(({ text }) => !texts4.has(text));
  const [only4, more4] = left4;
  const [only6, more6] = left6;
  if (only4 && only6 && !more4 && !more6) return [...pairs, { IPv4: only4, IPv6: only6 }];
  return [
    ...pairs,
    ...left4.map((region) => ({ IPv4: region, IPv6: home6 })),
    ...left6.map((region) => ({ IPv4: home4, IPv6: region })),
  ];
}

/** Whether some prefix tells a block of a place from its others. */
export function isNamed(
  block: Block,
  { blocks }: ParityPlace,
  family: Family,
  holds: (block: Block) => readonly number[],
): boolean {
  const others = blocks[family].filter((other) => other !== block);
  return holds(block).some((net) => !others.every((other) => holds(other).includes(net)));
}

function joined(regions: readonly Region[]): Region {
  const [first] = [...regions].sort((a, b) => compareBigInts(b.atom.size, a.atom.size)) as [Region];
  return { ...first, size: regions.reduce((sum, { size }) => sum + size, 0n) };
}
