import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";
import { throughPods } from "../judging/same-fate.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "A rule before routing drops the packets on the node",
  why: "The raw and mangle tables, and early nftables hooks, are passed before a node decides where a packet goes. Docker 28 drops there what comes to its containers directly, and reverse path filters what comes by another way than its answer would go; no FORWARD counter shows it.",
  source: "https://docs.docker.com/engine/network/packet-filtering-firewalls/",
  looksLike: ["forward-policy-drops-ipv6", "blackhole-route"], // the rule stands in FORWARD / no rule counts anything
  code: "F10",

  *judge(subject) {
    const lost = failedDials(subject, "timeout");
    if (lost.length === 0) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    const { stops, looked, unreadable } = yield* filterStops(subject, lost);
    const stop = stops.find(({ hook, verdict }) => verdict === "drop" && (hook === "prerouting" || hook === "ingress"));
    if (!stop)
      return unreadable === undefined
        ? excluded("no rule before routing drops what was dialled", looked)
        : unknown(`the rules of the nodes could not be read: ${unreadable}`);
    const remedy = {
      fix: `On node ${stop.node.name}: accept IPv6 of the pods' ranges in ${stop.chain} before that rule, or stop what makes it (Docker: "allow-direct-routing"; firewalld: IPv6_rpfilter=loose).`,
      confirm: "Dial again; the rule's counter stands still.",
      explains: [...stop.symptoms.map(({ id }) => id), ...throughPods(subject, stop.symptoms)],
    };
    if (!stop.sure)
      return possible(stop.says, {
        ...remedy,
        missing: "what the rule asks of a packet beside addresses, ports and devices",
      });
    const twin = notOverIPv4(subject, stop.symptoms[0]);
    return proven(stop.says, {
      died: { how: "tuple", dial: stop.symptoms[0], by: stop.by },
      instead: [{ lookalike: "an earlier ACCEPT", by: stop.by }, ...(twin ? [twin] : [])],
      ...remedy,
    });
  },
};
