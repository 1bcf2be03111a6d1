import { marksWith } from "../linux/packet-filter.ts";
import type { RoutingRule } from "../linux/policy-rules.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { type NftFateArgs, probe as nftFate } from "../probes/nft-fate.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { atNode } from "./failures.ts";
import type { SceneNode } from "./scene.ts";

/**
 * The first of the routing rules that a packet may meet: of those that ask for a mark one that something on the node may set. What was
 * not seen to be set, by neither packet filter, is on no packet of ours; programs of Cilium and the like are in neither.
 */
export function* markedFor(
  node: SceneNode,
  rules: readonly RoutingRule[],
  packet: { readonly source: string; readonly destination: string; readonly iif?: string },
): Asking<{ readonly rule?: RoutingRule; readonly looked: readonly Question[] }> {
  const [first] = rules;
  if (!first || rules.some(({ mark }) => mark === undefined)) return { ...(first ? { rule: first } : {}), looked: [] };
  const at = atNode(node);
  const tables = yield* tryAsk(ip6tables, at);
  const marked = tables.ok ? rules.find(({ mark = "" }) => marksWith(tables.value, mark)) : first;
  if (marked) return { rule: marked, looked: [] };
  const args: NftFateArgs = { ...at, packets: [{ ...packet, state: "new", translated: false }], together: "nftables" };
  const fates = yield* tryAsk(nftFate, args);
  if (!fates.ok || fates.value.some((fate) => fate.marked)) return { rule: first, looked: [] };
  return { looked: [question(ip6tables, at), question(nftFate, args)] };
}
