import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atPod, failedDials, isLate } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";
import { throughPods } from "../judging/same-fate.ts";
import type { Symptom } from "../judging/symptom.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "A node's firewall rejects IPv6",
  why: "firewalld answers what it does not let through with ICMPv6 `administratively prohibited`, which programs see as EACCES, permission denied: nobody's rights have to do with it. Other firewalls reject as port or route unreachable, which looks like a refusal that comes late.",
  source: "https://www.rfc-editor.org/rfc/rfc4443#section-3.1",
  looksLike: ["forward-policy-drops-ipv6", "blackhole-route", "no-ready-ipv6-endpoints"], // silence / a prohibit route / a Service without endpoints
  code: "F03",

  *judge(subject) {
    const rejected: Symptom[] = [];
    for (const symptom of failedDials(subject, "denied", "refused", "network-unreachable"))
      if (symptom.flow?.scope !== "service" && (isLate(subject, symptom) || (yield* refusedInVain(symptom))))
        rejected.push(symptom);
    const [first] = rejected;
    if (!first) return excluded("no IPv6 dial was rejected on the way", dialsOverIPv6(subject));
    const { stops, looked, unreadable } = yield* filterStops(subject, rejected);
    const stop =
      stops.find(({ verdict, sure }) => verdict === "reject" && sure) ??
      stops.find(({ verdict }) => verdict === "reject");
    const prohibited = rejected.filter(({ outcome }) => outcome === "denied");
    if (!stop && prohibited.length === 0)
      return unreadable === undefined
        ? excluded("no rule of the nodes rejects what was dialled", looked)
        : unknown(`the rules of the nodes could not be read: ${unreadable}`);
    if (!stop)
      return possible(
        `${first.to}: ${first.text}; which node rejects it was not seen${unreadable ? ` (${unreadable})` : ""}`,
        {
          fix: "Trust the CNI's interfaces and the pods' ranges in the firewall of both nodes (firewalld: zone trusted; ufw: route allow).",
          confirm: "nft list ruleset on both nodes shows the rule that rejects.",
          missing: "the rules of nftables and ip6tables on both nodes",
          explains: prohibited.map(({ id }) => id),
        },
      );
    const remedy = {
      fix: `On node ${stop.node.name}: let IPv6 of the pods' ranges pass before that rule; with firewalld put the CNI's interfaces into the trusted zone (firewall-cmd --permanent --zone=trusted --add-interface=...).`,
      confirm: "Dial again; it connects.",
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
      instead: [
        { lookalike: "an earlier ACCEPT", by: stop.by },
        { lookalike: "forward-policy-drops-ipv6", by: [first] },
        ...(twin ? [twin] : []),
      ],
      ...remedy,
    });
  },
};

/** A reset that a firewall makes comes at once, as one of the target's: but there somebody listens on all addresses. */
function* refusedInVain({ outcome, flow }: Symptom): Asking<boolean> {
  if (outcome !== "refused" || !flow?.toPod) return false;
  const open = yield* tryAsk(listeners, atPod(flow.toPod));
  const { host = "", port } = flow;
  return open.ok && open.value.some((listener) => accepts(listener, "IPv6", host, port));
}
