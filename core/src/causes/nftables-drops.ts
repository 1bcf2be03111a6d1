import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedDials, nodesOn } from "../judging/failures.ts";
import { nftStopsOn } from "../judging/nft-stops.ts";
import type { Ground } from "../judging/proof.ts";
import { throughPods } from "../judging/same-fate.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "A rule of nftables drops the packets, where ip6tables does not show it",
  why: "firewalld, hardening scripts and some CNIs write nftables tables of their own. ip6tables-save lists only what ip6tables made; every table's chains are passed all the same, and one drop is enough.",
  source: "https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains",
  looksLike: ["forward-policy-drops-ipv6", "early-hook-drops", "firewall-rejects"], // ip6tables has the rule / it is passed before routing / it rejects
  code: "F07",

  *judge(subject) {
    const lost = failedDials(subject, "timeout");
    if (lost.length === 0) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    const looked: Ground[] = [];
    let unreadable: string | undefined;
    for (const node of nodesOn(subject, lost)) {
      const found = yield* nftStopsOn(subject, node, lost);
      looked.push(...found.looked);
      unreadable ??= found.unreadable;
      const { stop } = found;
      if (stop?.verdict !== "drop" || elsewhere.has(stop.hook)) continue;
      const { symptoms, by } = stop;
      const because = `on node ${node.name} nftables drops ${stop.what}: "${stop.rule}" in ${stop.table} ${stop.chain}${stop.packets === undefined ? "" : `, which has counted ${stop.packets} packets`}`;
      const remedy = {
        fix: `On node ${node.name}: let IPv6 between the pods' ranges pass in ${stop.table} ${stop.chain} before that rule, or stop what writes the table (firewalld: put the CNI's interfaces into the trusted zone).`,
        confirm: "Dial again; it connects, and the rule's counter stands still.",
        explains: [...symptoms.map(({ id }) => id), ...throughPods(subject, symptoms)],
      };
      const others = yield* tryAsk(ip6tables, atNode(node));
      const twin = notOverIPv4(subject, symptoms[0]);
      if (!stop.sure || stop.packets === 0 || !others.ok)
        return possible(because, {
          ...remedy,
          missing: "what the rule asks of a packet beside addresses, ports and devices",
        });
      return proven(because, {
        died: { how: "tuple", dial: symptoms[0], by },
        instead: [
          { lookalike: "the other packet filter", by: [question(ip6tables, atNode(node))] },
          { lookalike: "an earlier ACCEPT", by },
          ...(twin ? [twin] : []),
        ],
        ...remedy,
      });
    }
    return unreadable === undefined
      ? excluded("nftables on the nodes drops nothing of what was dialled", looked)
      : unknown(`the rules of nftables could not be read: ${unreadable}`);
  },
};

/** What is dropped there is named by early-hook-drops and host-firewall-drops. */
const elsewhere = new Set(["ingress", "prerouting", "input", "output"]);
