import { formatAddress, parseAddress, solicitedNode } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { fateOf } from "../linux/packet-filter.ts";
import type { Packet } from "../linux/rule-match.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { type NftFateArgs, probe as nftFate } from "../probes/nft-fate.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { atNode } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode } from "./scene.ts";

/** A packet of neighbour discovery that a node has to hear, or nobody finds anybody. */
export interface Neighbourly {
  readonly type: "solicitation" | "advertisement";
  /** Who sends it, by an address that the hearing node has a route to; the packet may carry a link-local one. */
  readonly from: string;
  readonly source?: string;
  readonly to: string;
}

export interface HeardNeighbours {
  /** A rule takes it: `the rule "-A INPUT -p ipv6-icmp -j DROP" took 3 packets meanwhile`. */
  readonly unheard?: { readonly says: string; readonly sure: boolean; readonly by: readonly [Ground, ...Ground[]] };
  readonly looked: readonly Ground[];
  /** Why one of the filters could not be read. */
  readonly unreadable?: string;
}

/** Sends the packet through what a node lets in, of ip6tables and then of nftables. */
export function* heardBy(node: SceneNode, packet: Neighbourly): Asking<HeardNeighbours> {
  const at = atNode(node);
  const rules = yield* tryAsk(ip6tables, at);
  const table = question(ip6tables, at);
  const seen = packetOf(packet, yield* entryOf(node, packet.from));
  const fates = rules.ok ? ["PREROUTING", "INPUT"].map((hook) => fateOf(rules.value, hook, seen, true)) : [];
  const fate = fates.find(({ verdict }) => verdict !== "passes");
  if (fate && fate.verdict !== "passes") {
    const rule = fate.rule.startsWith("-A") ? `the rule "${fate.rule}"` : fate.rule;
    const says = `${rule} took ${fate.moved} ${fate.moved === 1 ? "packet" : "packets"} meanwhile`;
    return { unheard: { says, sure: fate.verdict === "dropped", by: [table] }, looked: [table] };
  }
  const nft = yield* nftOf(node, seen);
  const unreadable = rules.ok ? nft.unreadable : rules.refusal.message;
  return { ...nft, looked: [...(rules.ok ? [table] : []), ...nft.looked], ...(unreadable ? { unreadable } : {}) };
}

function* nftOf(node: SceneNode, { source, destination, icmpType = 0, in: iif }: Packet): Asking<HeardNeighbours> {
  const packet = {
    source,
    destination,
    protocol: "ipv6-icmp",
    icmpType,
    way: "in",
    state: "untracked",
    translated: false,
    ...(iif ? { iif } : {}),
  } as const;
  const args: NftFateArgs = { ...atNode(node), packets: [packet], together: "nftables" };
  const fates = yield* tryAsk(nftFate, args);
  if (!fates.ok) return { looked: [], unreadable: fates.refusal.message };
  const asked = question(nftFate, args);
  const [fate] = fates.value;
  const stop = fate?.stopped ?? fate?.perhaps;
  if (!stop) return { looked: [asked] };
  const counted = stop.packets === undefined ? "" : `, which has counted ${stop.packets} packets`;
  const says = `"${stop.rule}" in ${stop.table} ${stop.chain} of nftables drops them${counted}`;
  return { unheard: { says, sure: fate?.stopped !== undefined && stop.packets !== 0, by: [asked] }, looked: [asked] };
}

/** The device by which a node sends to an address is the one its packets come by. */
function* entryOf(node: SceneNode, from: string): Asking<string | undefined> {
  const table = yield* tryAsk(routes, atNode(node));
  const address = parseAddress(from);
  return table.ok && address ? routeTo(table.value, address)?.device : undefined;
}

function packetOf({ type, from, source = from, to }: Neighbourly, entry: string | undefined): Packet {
  return {
    source,
    destination: type === "solicitation" ? groupOf(to) : to,
    protocol: "ipv6-icmp",
    icmpType: type === "solicitation" ? 135 : 136,
    state: "UNTRACKED",
    ...(entry ? { in: entry } : {}),
  };
}

/** Who is asked for an address listens to a group that ends as the address does. */
function groupOf(text: string): string {
  const address = parseAddress(text);
  return address ? formatAddress(solicitedNode(address)) : "ff02::1";
}
