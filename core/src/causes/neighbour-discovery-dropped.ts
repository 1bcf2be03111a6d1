import { gaveUp } from "../judging/asked-in-vain.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { deadNextHop } from "../judging/dead-neighbour.ts";
import { atPod, dialledDuring, failedDials, podName } from "../judging/failures.ts";
import { type HeardNeighbours, heardBy } from "../judging/heard-neighbours.ts";
import { type NeighbourSearch, searchesOf } from "../judging/neighbour-searches.ts";
import type { Ground } from "../judging/proof.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "The node's firewall drops neighbour discovery, so that nobody finds it, or it nobody",
  why: "IPv6 has no ARP: neighbour solicitations are ICMPv6, and connection tracking does not let them pass as part of a connection. A firewall that drops ICMPv6 on INPUT cuts off every pod, and the node from others, once neighbour entries expire, about half a minute later.",
  source: "https://www.rfc-editor.org/rfc/rfc4890#section-4.4.1",
  looksLike: ["dad-failed", "forwarding-off", "next-hop-not-peer"], // the pod's own address is fine / its solicitations stay unanswered / the right one is asked for
  code: "F04",

  *judge(subject) {
    const lost = failedDials(subject, "host-unreachable", "timeout");
    const [pod] = subject.scene.pods;
    const [dial] = lost;
    if (!dial || !pod || pod.hostNetwork)
      return excluded("no IPv6 dial failed for want of a neighbour", dialsOverIPv6(subject));
    if ((yield* ask(addresses, atPod(pod))).some(({ tentative }) => tentative))
      return excluded(`${podName(pod)} has a tentative address, which sends nothing`, [
        question(addresses, atPod(pod)),
      ]);
    const looked: Ground[] = [];
    let open: string | undefined;
    let counted = false;
    for (const search of searchesOf(subject, lost)) {
      const found = yield* search;
      if (!found) continue;
      const heard: HeardNeighbours = found.times > 0 ? yield* heardBy(found.hears, found.packet) : { looked: [] };
      const judged = found.times > 0 ? yield* judgeUnheard(subject, found, heard) : undefined;
      if (judged) return judged;
      looked.push(...found.seen, ...heard.looked);
      counted ||= found.times > 0;
      if (found.times > 0) open ??= heard.unreadable;
    }
    // A node that was asking already, for somebody else, need not ask again while it is watched.
    if (!counted && lost.some(({ outcome }) => outcome === "host-unreachable"))
      return unknown("a neighbour was given up, and nobody was counted who asked for it while we dialled");
    return open === undefined
      ? excluded(
          "who has to find a neighbour is answered, or no firewall of the node that is asked takes the question",
          looked,
        )
      : unknown(`somebody asked for a neighbour, and the rules that may have dropped it were not read: ${open}`);
  },
};

function* judgeUnheard(subject: Case, search: NeighbourSearch, heard: HeardNeighbours): Asking<Judgement | undefined> {
  const { who, hears, times, seen, dial, explains, vain, packet, wants } = search;
  const what = packet.type === "solicitation" ? "and got no answer" : `and did not hear ${packet.from} answer`;
  const because = `${who} sent ${times} neighbour solicitations ${what}`;
  const remedy = {
    fix: `On node ${hears.name}: accept ICMPv6 types 133 to 137 before anything is dropped on INPUT (ip6tables -I INPUT -p ipv6-icmp -j ACCEPT lets all of ICMPv6 in; nftables needs \`icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, nd-redirect } accept\` in the chain that drops).`,
    confirm: `Icmp6InNeighborAdvertisements rises where ${who} counts (/proc/net/snmp6), and the dial connects.`,
    explains,
  };
  const { unheard, unreadable } = heard;
  if (!unheard)
    return vain && unreadable
      ? possible(because, { ...remedy, missing: `the rules of node ${hears.name}: ${unreadable}` })
      : undefined;
  const says = `${because}; on node ${hears.name} ${unheard.says}`;
  if (!unheard.sure)
    return possible(says, { ...remedy, missing: "whether that rule takes them, which cannot be told" });
  // A pod looks for others as well, and its gateway may be known to it for good.
  const given = vain ? undefined : yield* gaveUp(subject, dial);
  const known = given ? [given] : wants && vain ? yield* deadNextHop(wants.pod, dial, wants) : undefined;
  if (!known) return possible(says, { ...remedy, missing: `that the kernel gave up on the neighbour` });
  const during = yield* dialledDuring(subject, hears, [dial]);
  const other = notOverIPv4(subject, dial);
  return proven(says, {
    ...remedy,
    died: { how: "tuple", dial, by: [...unheard.by, ...seen, ...known, ...(during?.by ?? [])] },
    instead: [{ lookalike: "an earlier ACCEPT", by: unheard.by }, ...(other ? [other] : [])],
  });
}
