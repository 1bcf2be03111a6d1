import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode } from "../judging/failures.ts";
import { policyRulings } from "../judging/policy-rulings.ts";
import {
  nativeWorks,
  otherTranslator,
  translatedDials,
  translatorWorks,
  unreadPrefix,
} from "../judging/translated-dials.ts";
import { probe as routes } from "../probes/routes.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "DNS64 makes up addresses, and no NAT64 translates them",
  why: "DNS64 answers AAAA for names that have IPv4 only, with an address of the translator's prefix. Without a NAT64 behind that prefix, or a route to it, everything that is IPv4-only ends in silence, while IPv6 itself works.",
  source: "https://www.rfc-editor.org/rfc/rfc6147",
  looksLike: ["dns64-prefix-not-routed", "nat64-private-ipv4", "node-without-default-route"], // another prefix is routed / this IPv4 address may not be translated / nothing gets out
  code: "X05",

  *judge(subject) {
    const { lost, dns64, unread } = yield* translatedDials(subject);
    if (unread) return unknown(unreadPrefix);
    const [first] = lost;
    if (!first)
      return excluded("no dial to a translator's prefix was lost on the way", dialsOverIPv6(subject, "outside"));
    const { dial, to } = first;
    const works = translatorWorks(subject, to.prefix);
    if (works) return excluded(`${works.to} is translated: ${works.text}`, [works]);
    const maker = dns64?.dns64?.prefix === to.prefix ? `; CoreDNS makes such addresses (dns64 ${to.prefix})` : "";
    const because = `${dial.flow?.host} stands for ${to.four} behind ${to.prefix}, and is not reached (${dial.text})${maker}`;
    const remedy = {
      fix: `Run a NAT64 for ${to.prefix} (tayga, Jool, the cloud's own) and route the prefix to it; or take DNS64 away and give the pods IPv4.`,
      confirm: `${dial.to} connects.`,
      explains: lost.filter((one) => one.to.prefix === to.prefix).map((one) => one.dial.id),
    };
    const native = nativeWorks(subject, to.prefix);
    if (!native)
      return possible(because, {
        ...remedy,
        missing: "an address outside that nobody translates and that is reached over IPv6 (--outside ADDRESS)",
      });
    // One host that is silent may be silent to everybody.
    const [, second] = new Map(
      lost.filter((one) => one.to.prefix === to.prefix).map((one) => [one.to.four, one.dial]),
    ).values();
    if (!second)
      return possible(`${because}; ${native.to} is reached over IPv6 itself`, {
        ...remedy,
        missing: `a second address behind ${to.prefix} that is not reached either`,
      });
    const [node] = subject.scene.nodes;
    const table = node && (yield* tryAsk(routes, atNode(node)));
    const other = table?.ok ? otherTranslator(table.value, to.prefix) : undefined;
    if (node && other && maker !== "")
      return excluded(
        `node ${node.name} has a translator behind ${other.destination}: that is dns64-prefix-not-routed`,
        [question(routes, atNode(node))],
      );
    // A policy may open the way to one of the two prefixes alone.
    const { denial, doubt, by } = yield* policyRulings(subject);
    const denies = denial?.symptoms.includes(dial.id) ? denial.policy : doubt;
    if (denies !== undefined) return possible(because, { ...remedy, missing: `that no policy denies it: ${denies}` });
    const [policies] = by;
    return proven(`${because}, nor ${second.flow?.host}; ${native.to} is reached over IPv6 itself`, {
      ...remedy,
      died: { how: "control", dial, by: [native, second] },
      instead: [
        { lookalike: "node-without-default-route", by: [native] },
        { lookalike: "network-policy-ipv4-only", by: [policies ?? native] },
      ],
    });
  },
};
