import { notTranslatable, wellKnownPref64 } from "../addresses/nat64.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, twinOf } from "../judging/compared.ts";
import { policyRulings } from "../judging/policy-rulings.ts";
import { translatedDials, translatorWorks } from "../judging/translated-dials.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The well-known NAT64 prefix stands before an IPv4 address that it may not stand before",
  why: "64:ff9b::/96 is for global IPv4 addresses alone; translators refuse private ones behind it. A network that has private IPv4 services to translate to needs a prefix of its own.",
  source: "https://www.rfc-editor.org/rfc/rfc6052#section-3.1",
  looksLike: ["nat64-missing"], // global addresses are not reached either
  code: "X07",

  *judge(subject) {
    const { lost } = yield* translatedDials(subject);
    const found = lost.flatMap(({ dial, to }) => {
      const why = to.prefix === wellKnownPref64 ? notTranslatable(to.four) : undefined;
      return why ? [{ dial, to, why }] : [];
    });
    const [first] = found;
    if (!first)
      return excluded(
        "no dial to a private IPv4 address behind 64:ff9b::/96 was lost",
        dialsOverIPv6(subject, "outside"),
      );
    const { dial, to, why } = first;
    const because = `${dial.flow?.host} stands for ${to.four}, which is ${why}: RFC 6052 forbids to translate it behind ${wellKnownPref64}`;
    const remedy = {
      fix: "Give DNS64 and NAT64 a prefix of your own network, or of 64:ff9b:1::/48 (RFC 8215); or reach that service over IPv6.",
      confirm: `${dial.to} connects at an address of the new prefix.`,
      explains: found.map((one) => one.dial.id),
    };
    const works = translatorWorks(subject, wellKnownPref64);
    if (!works)
      return possible(because, {
        ...remedy,
        missing: "that the translator is there: a global IPv4 address behind it that is reached",
      });
    // A translator says of a host that is down, or behind a firewall, the same (RFC 7915 4.2); hardly of two.
    const refused = found.filter((one) => one.dial.outcome === "denied" || one.dial.outcome === "network-unreachable");
    const several = new Set(refused.map((one) => one.to.four)).size > 1;
    if (!several && twinOf(subject, dial)?.outcome !== "ok")
      return possible(`${because}; ${works.to} is translated`, {
        ...remedy,
        missing: `that ${to.four} answers at all: over IPv4, or by the translator's word of a second such address`,
      });
    // A policy that rejects says the same words.
    const { denial, doubt, by: policies } = yield* policyRulings(subject);
    const denies = denial?.symptoms.includes(dial.id) ? denial.policy : doubt;
    if (denies !== undefined) return possible(because, { ...remedy, missing: `that no policy denies it: ${denies}` });
    return proven(`${because}; ${works.to} is translated`, {
      ...remedy,
      died: { how: "control", dial, by: [works, ...refused.map((one) => one.dial)] },
      instead: [
        { lookalike: "nat64-missing", by: [works] },
        { lookalike: "network-policy-ipv4-only", by: [policies[0] ?? works] },
      ],
    });
  },
};
