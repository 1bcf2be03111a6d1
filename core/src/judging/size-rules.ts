import { probe as dialProbe } from "../probes/dial.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { dialArgs } from "./dial-args.ts";
import { atNode, nodesOn } from "./failures.ts";
import { nftStopsOn } from "./nft-stops.ts";
import { outcomeOf, type Symptom } from "./symptom.ts";

/** Matches that let a connection open and take what comes later. */
const bySize = / (--length|--connbytes|-m (u32|bpf|string|quota))\b/;

/**
 * Why the packet filters of the nodes may take large packets of dials that hang, while small ones pass, or why it may not be the size
 * that they hang on: no path is too narrow then. undefined where all were read and none does.
 */
export function* takenBySize(subject: Case, stalled: readonly Symptom[]): Asking<string | undefined> {
  const gone = yield* goneMeanwhile(subject, stalled);
  if (gone !== undefined) return gone;
  for (const node of nodesOn(subject, stalled)) {
    const rules = yield* tryAsk(ip6tables, atNode(node));
    if (!rules.ok) return `what the rules of node ${node.name} do to large packets: ${rules.refusal.message}`;
    const rule = rules.value.rules.find(
      ({ target, packets, text }) => /^(DROP|REJECT)$/.test(target) && packets !== 0 && bySize.test(text),
    );
    if (rule) return `that it is not "${rule.text}" of ip6tables of node ${node.name} that takes them`;
    const { stop, unreadable } = yield* nftStopsOn(subject, node, stalled);
    if (stop && stop.packets !== 0)
      return `that it is not "${stop.rule}" in ${stop.table} ${stop.chain} of nftables of node ${node.name} that takes them`;
    if (unreadable !== undefined) return `what nftables does to large packets: ${unreadable}`;
  }
  return undefined;
}

/** The small request was sent first: where nothing connects any more once the large one hangs, the way has changed in between. */
function* goneMeanwhile(subject: Case, stalled: readonly Symptom[]): Asking<string | undefined> {
  for (const { flow, to } of stalled) {
    if (!flow) continue;
    const later = yield* tryAsk(dialProbe, { ...dialArgs(flow, subject.patience), again: true });
    if (later.ok && outcomeOf(later.value).outcome === "timeout")
      return `that it is the size: dialled once more, ${to} does not even connect`;
  }
  return undefined;
}
