import type { Family } from "../../addresses/address.ts";
import type { PairEnd } from "./pair-end.ts";
import { most, type Sighted, type Sightings, sawData, sightingsIn } from "./sightings.ts";

/** What came of the packets of one kind in one direction. */
export interface PairSays {
  readonly odd: boolean;
  readonly family: Family;
  /** One sentence without its full stop. */
  readonly says: string;
  /** The node in whose file these packets stand, counted from 1. */
  readonly node: string;
  readonly packets: readonly number[];
}

/** How far the packets between two ends were seen to come. */
export interface PairReading {
  readonly ends: readonly {
    readonly node: string;
    readonly whose: string;
    readonly packets: number;
    readonly dropped: number | undefined;
  }[];
  readonly told: readonly PairSays[];
}

/**
 * Follows the packets from one node to the other by what stands in them. The clocks of two nodes are never compared: what is told is
 * whether a packet was seen, and in what order one node saw it. Undefined where one of the files is no capture.
 */
export function readPair([one, other]: readonly [PairEnd, PairEnd]): PairReading | undefined {
  const there = direction(one, other);
  const back = direction(other, one);
  if (!there || !back) return undefined;
  const told = [...there.told, ...back.told];
  const ends = [one, other].map(({ node, whose, around }, index) => ({
    node,
    whose,
    packets: (index === 0 ? there : back).near.file.packets,
    dropped: around.dropped,
  }));
  return { ends, told: [...told.filter(({ odd }) => odd), ...told.filter(({ odd }) => !odd)] };
}

interface Direction {
  readonly near: Sightings;
  readonly told: readonly PairSays[];
}

function direction(from: PairEnd, to: PairEnd): Direction | undefined {
  const near = sightingsIn(from, to.addresses, from.both);
  const far = sightingsIn(to, to.addresses, { from: 1, to: Number.POSITIVE_INFINITY });
  if (!near || !far) return undefined;
  const own = [...near.all.values()].filter(({ source }) => from.addresses.includes(source));
  const streams = Map.groupBy(own, ({ packet, stream }) => `${packet.family} ${stream}`);
  const told = [...streams.values()].map((all) => saysOf(all, { from, to, near, far }));
  return { near, told };
}

interface Around {
  readonly from: PairEnd;
  readonly to: PairEnd;
  readonly near: Sightings;
  readonly far: Sightings;
}

interface Fate {
  readonly sighted: Sighted;
  /** Times that it went out at its own node, that it came to the other, and that it went on from there. */
  readonly left: number;
  readonly arrived: number;
  readonly handed: number;
  /** The sender that the other node saw, where that is another. */
  readonly as: string | undefined;
}

function saysOf(all: readonly Sighted[], around: Around): PairSays {
  const { from, to } = around;
  const fates = all.map((one) => fateOf(one, around));
  const gone = fates.filter(({ left }) => left > 0);
  const stuck = fates.filter(({ left }) => left === 0);
  const lost = gone.filter((fate) => fate.left > fate.arrived);
  const handed = to.inNode || gone.some((fate) => fate.handed > 0);
  const odd = stuck.length > 0 || lost.length > 0 || !handed;
  const [first] = all;
  const says = [
    ...(gone.length > 0
      ? [gone.some(({ arrived }) => arrived > 0) ? arriving(gone, lost, around) : vanishing(gone, around)]
      : []),
    ...(stuck.length > 0 ? [staying(stuck, from.node)] : []),
  ].join("; ");
  const telling = [lost, stuck, fates].find((some) => some.length > 0) ?? [];
  return {
    odd,
    family: first?.packet.family ?? "IPv6",
    says: `${first?.stream}: ${says}`,
    node: from.node,
    packets: telling.map(({ sighted }) => sighted.packet.number).slice(0, 5),
  };
}

function staying(stuck: readonly Fate[], node: string): string {
  const came = sumOf(stuck, ({ sighted }) => most(sighted.in));
  return `${many(came)} came to node ${node}${ways(stuck, "on", ({ sighted }) => sighted.in)}, and ${came === 1 ? "was" : "none was"} ${came === 1 ? "not " : ""}seen to leave it`;
}

function vanishing(gone: readonly Fate[], around: Around): string {
  const { from, to } = around;
  const [first] = gone;
  const left = sumOf(gone, (fate) => fate.left);
  const when = first ? clockOf(first.sighted, from.node) : "";
  return `${many(left)} left node ${from.node}${out(gone)}${when === "" ? "" : `, ${left === 1 ? "" : "the first "}${when}`}, and ${left === 1 ? "was not" : "none was"} seen to arrive at node ${to.node}${uncertainty(around)}`;
}

function arriving(gone: readonly Fate[], lost: readonly Fate[], around: Around): string {
  const { from, to } = around;
  const [left, arrived] = [sumOf(gone, (fate) => fate.left), sumOf(gone, (fate) => fate.arrived)];
  const renamed = gone.find(({ as }) => as !== undefined)?.as;
  const source = renamed === undefined ? "" : ` with the source ${renamed}`;
  const came = `node ${to.node}${ways(gone, "on", (fate) => far(fate, around)?.in)}${source}`;
  const end = gone.some(({ handed }) => handed > 0)
    ? `, and went on there${ways(gone, "by", (fate) => far(fate, around)?.out)}`
    : to.inNode
      ? ""
      : ", and none was seen to be handed on there";
  const [first] = lost;
  if (!first) return `${many(left)} left node ${from.node}${out(gone)}, arrived at ${came}${end}`;
  const when = clockOf(first.sighted, from.node);
  return `${arrived} of ${many(left)} that left node ${from.node}${out(gone)} arrived at ${came}${uncertainty(around)}${end}; the first that did not left ${when || "it"}`;
}

function sumOf(fates: readonly Fate[], of: (fate: Fate) => number): number {
  return fates.reduce((total, fate) => total + of(fate), 0);
}

function out(fates: readonly Fate[]): string {
  return ways(fates, "by", ({ sighted }) => sighted.out);
}

/** " by flannel-v6.1 and eth0 in VXLAN (VNI 1)": interfaces in the order in which they were seen first. */
function ways(
  fates: readonly Fate[],
  word: string,
  of: (fate: Fate) => ReadonlyMap<string, number> | undefined,
): string {
  const names = [...new Set(fates.flatMap((fate) => [...(of(fate)?.keys() ?? [])]))].filter((name) => name !== "");
  return names.length === 0 ? "" : ` ${word} ${names.join(" and ")}`;
}

function fateOf(sighted: Sighted, around: Around): Fate {
  const seen = far({ sighted }, around);
  const out = Math.max(most(sighted.out), ...renamed(sighted, around.near).map((one) => most(one.out)));
  // What a card joined with other data is there though no packet begins with it.
  const came = seen ? Math.max(most(seen.in), most(seen.out)) : sawData(around.far, sighted.packet) ? out : 0;
  const left = out === 0 ? came : out;
  const as = seen && seen.source !== sighted.source ? seen.source : undefined;
  return { sighted, left, arrived: Math.min(left, came), handed: seen ? most(seen.out) : 0, as };
}

/** The same packet at the other node. */
function far({ sighted }: Pick<Fate, "sighted">, { far: all }: Around): Sighted | undefined {
  return all.all.get(sighted.key) ?? renamed(sighted, all)[0];
}

/** The same packet under the address of another sender. */
function renamed({ anySender, source }: Sighted, all: Sightings): Sighted[] {
  return (all.anySender.get(anySender) ?? []).filter((one) => one.source !== source);
}

/** Its own clock alone says when. */
function clockOf({ packet: { time } }: Sighted, node: string): string {
  if (time === undefined) return "";
  const at = new Date(time).toISOString().slice(11, 23);
  return `at ${at} UTC by the clock of ${node}`;
}

function uncertainty({ to, far: { full } }: Around): string {
  const { dropped } = to.around;
  const lost = dropped === undefined ? "" : dropped > 0 ? `, which lost ${dropped} packets while it captured` : "";
  return full ? `${lost}, of whose packets not all were followed` : lost;
}

function many(count: number): string {
  return `${count} packet${count === 1 ? "" : "s"}`;
}
