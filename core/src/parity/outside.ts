import { contains, type Family, type Prefix, parsePrefix } from "../addresses/address.ts";
import { addressIn, atomsOf } from "./atoms.ts";
import type { Block, ParityPlace } from "./places.ts";
import { isNamed, sideOf, unlike } from "./regions.ts";
import type { Behaviour, SubjectRulings } from "./ruling.ts";

/** What of a place is told, and what is not known of one family that the other has not got. */
export function pairsIn(place: ParityPlace, nets: readonly Prefix[], rulings: SubjectRulings) {
  const ruled = (family: Family) =>
    place.blocks[family].map((block) => ({
      block,
      named: isNamed(block, place, family, (one) => holding(one, nets)),
      atoms: atomsOf(block, nets).map((atom) => ({
        atom,
        behaviour: rulings.of({ kind: "address", address: addressIn(atom, "") }, family),
      })),
    }));
  const [four, six] = [ruled("IPv4"), ruled("IPv6")];
  return { pairs: unlike(sideOf(four), sideOf(six)), doubts: oneSided(doubtsOf(four), doubtsOf(six)) };
}

type Doubts = ReadonlyMap<string, string>;

/** Why, by the rules that meet it. */
function doubtsOf(blocks: readonly { readonly atoms: readonly { readonly behaviour: Behaviour }[] }[]): Doubts {
  const all = blocks.flatMap(({ atoms }) => atoms.flatMap(({ behaviour }) => behaviour.slice(0, -1)));
  return new Map(all.flatMap(({ rules, because }) => (rules === undefined ? [] : [[rules, because ?? ""] as const])));
}

function oneSided(one: Doubts, other: Doubts): readonly string[] {
  const alone = (some: Doubts, others: Doubts) =>
    [...some].filter(([key]) => !others.has(key)).map(([, because]) => because);
  return [...new Set([...alone(one, other), ...alone(other, one)])];
}

/** The places in the list of those prefixes that hold a block as a whole. */
function holding({ name }: Block, nets: readonly Prefix[]): readonly number[] {
  const range = parsePrefix(name);
  return nets.flatMap((net, index) => (range && contains(net, range) ? [index] : []));
}
