import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode } from "../judging/failures.ts";
import { otherTranslator, translatedDials, translatorWorks, unreadPrefix } from "../judging/translated-dials.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "DNS64 makes up addresses of one prefix, and the translator has another",
  why: "The prefix of DNS64 and that of NAT64 are configured in two places. Where they differ, names resolve to addresses that go out by the default route to a network that knows nothing of them.",
  source: "https://www.rfc-editor.org/rfc/rfc7050",
  looksLike: ["nat64-missing"], // there is no translator at all
  code: "X06",

  *judge(subject) {
    const { lost, dns64, unread } = yield* translatedDials(subject);
    if (unread) return unknown(unreadPrefix);
    const [first] = lost;
    const [node] = subject.scene.nodes;
    if (!first || !node)
      return excluded("no dial to a translator's prefix was lost on the way", dialsOverIPv6(subject, "outside"));
    const { dial, to } = first;
    const works = translatorWorks(subject, to.prefix);
    if (works) return excluded(`${works.to} is translated: ${works.text}`, [works]);
    const table = yield* ask(routes, atNode(node));
    const seen = question(routes, atNode(node));
    const address = parseAddress(dial.flow?.host ?? "");
    const own = address ? routeTo(table, address) : undefined;
    if (own && own.destination !== "::/0" && !own.reject)
      return excluded(`node ${node.name} has a route to ${own.destination}`, [seen]);
    const other = otherTranslator(table, to.prefix);
    if (!other) return excluded(`node ${node.name} has no route to any translator`, [seen]);
    const because = `names resolve to ${to.prefix} (${dial.flow?.host} stands for ${to.four}), and node ${node.name} has a translator behind ${other.destination} dev ${other.device}`;
    const remedy = {
      fix: `Give DNS64 and NAT64 one prefix: dns64 ${other.destination} in the Corefile, or ${to.prefix} at the translator and its route.`,
      confirm: `The name resolves to an address of ${other.destination}, and the dial connects.`,
      explains: lost.filter((one) => one.to.prefix === to.prefix).map((one) => one.dial.id),
    };
    if (dns64?.dns64?.prefix !== to.prefix)
      return possible(because, {
        ...remedy,
        missing: `who makes addresses of ${to.prefix}: the Corefile has no such dns64`,
      });
    // The default router may know a translator of its own, and the target may be down.
    if (dial.outcome === "timeout")
      return possible(`${because}; the Corefile says dns64 ${to.prefix}`, {
        ...remedy,
        missing: `a router's word that it has no route to ${to.prefix}: silence may be that of the target`,
      });
    // A translator passes on that an IPv4 host is unreachable in the same words (RFC 7915 4.2).
    const second = lost.find((one) => one.to.prefix === to.prefix && one.to.four !== to.four);
    if (second?.dial.outcome !== dial.outcome)
      return possible(`${because}; the Corefile says dns64 ${to.prefix}`, {
        ...remedy,
        missing: `a second address behind ${to.prefix} of which the same is said: of one host a translator may say it`,
      });
    return proven(`${because}; the Corefile says dns64 ${to.prefix}`, {
      ...remedy,
      died: { how: "tuple", dial, by: [seen, dns64.by, second.dial] },
      instead: [{ lookalike: "nat64-missing", by: [seen] }],
    });
  },
};
