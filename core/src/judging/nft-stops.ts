import { parseAddress } from "../addresses/address.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import type { NftPacket } from "../linux/nft-match.ts";
import type { NftStop } from "../linux/nft-walk.ts";
import { type NftFateArgs, probe as nftFate } from "../probes/nft-fate.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { atNode, wayThrough } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** What nftables of one node does to what we dialled. */
export interface NftStopped {
  readonly stop?: NftStop & {
    /** It depends on nothing that is not known. */
    readonly sure: boolean;
    /** "what is dialled", "the answer" */
    readonly what: string;
    readonly symptoms: readonly [Symptom, ...Symptom[]];
    readonly by: readonly [Ground, ...Ground[]];
  };
  /** Why the rules could not be read. */
  readonly unreadable?: string;
  readonly looked: readonly Ground[];
}

/** Sends the first packets of failed dials, and of their answers, through the nftables rules of a node. */
export function* nftStopsOn({ failures }: Case, node: SceneNode, lost: readonly Symptom[]): Asking<NftStopped> {
  const dialled = lost.filter(({ flow }) => flow?.host !== undefined && flow.scope !== "service").slice(0, mostDials);
  if (dialled.length === 0) return { looked: [] };
  const table = yield* tryAsk(routes, atNode(node));
  const packets = dialled.flatMap((symptom) => packetsOf(symptom, node, table.ok ? table.value : []));
  const args: NftFateArgs = { ...atNode(node), packets, together: "nftables" };
  const fates = yield* tryAsk(nftFate, args);
  if (!fates.ok) return { unreadable: `${node.name}: ${fates.refusal.message}`, looked: [] };
  const by: readonly [Ground, ...Ground[]] = [question(nftFate, args)];
  for (const wanted of ["stopped", "perhaps"] as const)
    for (const [index, fate] of fates.value.entries()) {
      const stop = fate[wanted];
      const symptom = dialled[Math.floor(index / 2)];
      // kube-proxy rejects what has no endpoint; that is about the Service.
      if (!stop || !symptom || /kube-proxy/.test(stop.table)) continue;
      const same = (other: Symptom | undefined, at: number) =>
        other && other !== symptom && fates.value[at]?.[wanted]?.rule === stop.rule ? [other] : [];
      const also = fates.value.flatMap((_, at) => same(dialled[Math.floor(at / 2)], at));
      const symptoms = [symptom, ...new Set(also.filter((one) => failures.includes(one)))] as const;
      const what = index % 2 === 0 ? "what is dialled" : "the answer";
      return { looked: by, stop: { ...stop, sure: wanted === "stopped", what, symptoms, by } };
    }
  return { looked: by };
}

/** A ruleset is sent through once for each packet; more dials than these meet no other rules. */
const mostDials = 4;

/** The first packet, and the first of the answer, as the node sees them. */
function packetsOf({ flow }: Symptom, node: SceneNode, table: readonly Route[]): [NftPacket, NftPacket] {
  const { from, host = "", port = 0 } = flow ?? {};
  const source = from?.ips.IPv6 ?? "";
  const device = (text: string) => {
    const address = parseAddress(text);
    return address ? routeTo(table, address)?.device : undefined;
  };
  const [iif, oif] = [device(source), device(host)];
  const there = { ...(iif ? { iif } : {}), ...(oif ? { oif } : {}) };
  const back = { ...(oif ? { iif: oif } : {}), ...(iif ? { oif: iif } : {}) };
  const way = (isAnswer: boolean) => {
    const found = flow && wayThrough(flow, node, isAnswer);
    return found ? { way: found } : {};
  };
  const [first, answer] = [way(false), way(true)];
  return [
    { source, destination: host, destinationPort: port, state: "new", translated: false, ...there, ...first },
    {
      source: host,
      destination: source,
      sourcePort: port,
      state: "established",
      translated: false,
      ...back,
      ...answer,
    },
  ];
}
