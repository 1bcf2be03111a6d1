import { familyOf } from "../../addresses/address.ts";
import { type CiliumDrop, parseCiliumDrops } from "../../agents/cilium-drops.ts";
import type { CauseId, Format } from "../output.ts";

const line = /^(?:xx drop \(|Listening for events on \d|Press Ctrl-C to quit|level=\w+ msg=.* subsys=monitor$)/;

/** `cilium-dbg monitor --type drop`: {@link https://docs.cilium.io/en/stable/operations/troubleshooting/#monitoring-datapath-state} */
export const format: Format = {
  title: "cilium-dbg monitor --type drop",
  source: "https://docs.cilium.io/en/stable/operations/troubleshooting/#monitoring-datapath-state",

  hear({ lines }) {
    const own = lines.filter(({ text }) => line.test(text));
    const read = own.map((one) => ({ ...one, drop: parseCiliumDrops(one.text).drops[0] }));
    return {
      understood: read.filter(({ text, drop }) => drop || !text.startsWith("xx")).map(({ number }) => number),
      signs: read.flatMap(({ number, drop }) => {
        if (!drop || familyOf(drop.source) !== "IPv6" || drop.source === "::") return [];
        const says = `Cilium dropped a packet of ${drop.source} to ${drop.destination} (${drop.what || "no more is said"}): ${drop.reason}`;
        return [{ line: number, family: "IPv6" as const, says, pointsTo: causesOf(drop) }];
      }),
    };
  },
};

function causesOf({ reason, what }: CiliumDrop): CauseId[] {
  if (/^Neighbor(Solicitation|Advertisement)\b/.test(what)) return ["cilium-drops-neighbour-discovery"];
  if (/^Policy denied|^Denied by policy|^Policy deny/i.test(reason))
    return ["network-policy-ipv4-only", "policy-enforcement-stale"];
  return /^(Stale or unroutable IP|Service backend not found)/.test(reason) ? ["cilium-drops-service"] : [];
}
