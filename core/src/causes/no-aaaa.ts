import { familyOf } from "../addresses/address.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { serverOf, templateFor } from "../judging/corefile-server.ts";
import type { Symptom } from "../judging/symptom.ts";
import { isCoreDns } from "../judging/upstreams.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "DNS holds back AAAA records that it should have",
  why: "CoreDNS answers AAAA from the Service's own addresses. A `template` that answers every AAAA query with nothing, or a proxy in front of it, hides IPv6 from every client; it is a popular workaround for pods without working IPv6.",
  source: "https://coredns.io/plugins/template/",
  looksLike: ["service-single-stack"], // there the Service has no IPv6 address that DNS could tell
  code: "D02",

  *judge(subject) {
    const names = subject.symptoms.filter(
      ({ kind, name }) => kind === "name" && name?.type === "AAAA" && !name.justReach,
    );
    const hidden = names.filter(
      ({ outcome, failed, name }) =>
        failed &&
        (outcome === "no-record" || outcome === "name-error") &&
        ((name?.service?.object.spec?.clusterIPs ?? []) as string[]).some((ip) => familyOf(ip) === "IPv6"),
    );
    const [first] = hidden;
    if (!first?.name?.service)
      return excluded(
        "no name lacks an AAAA record that its Service could give it",
        names.length > 0 ? names : dialsOverIPv6(subject),
      );
    const known = hidden.filter((one) => recordA(subject, one)?.outcome === "ok");
    const [told] = known;
    const four = told && recordA(subject, told);
    // Who does not know the name in either family holds nothing back: another zone, or a Service that is new.
    if (!told?.name?.service || !four) {
      const also = recordA(subject, first);
      return also && also.outcome !== "not-looked"
        ? excluded(
            `${first.to}: ${first.text}, and the A record is missing too (${also.text}): the name is not known there`,
            [first, also],
          )
        : unknown(`${first.to}: ${first.text}; whether the name has an A record there was not seen`);
    }
    const corefile = yield* tryAsk(configMap, { namespace: "kube-system", name: "coredns" });
    const core = yield* isCoreDns(told.name.server);
    const server =
      corefile.ok && core.ok && core.value
        ? serverOf(String(corefile.value.data?.Corefile ?? ""), told.name.name)
        : undefined;
    const plugin = server && templateFor(server, told.name.name);
    const template = plugin && [plugin.name, ...plugin.args].map(({ text }) => text).join(" ");
    const { clusterIPs } = told.name.service.object.spec ?? {};
    const because = `${told.to}: ${told.text}, although the Service has ${clusterIPs.join(", ")} and its A record is answered`;
    const remedy = {
      fix: template
        ? `Remove "${template} ..." from ConfigMap kube-system/coredns; CoreDNS reloads it by itself.`
        : "Look at what answers at that address: a `template` in a Corefile outside ConfigMap kube-system/coredns, a DNS proxy, or a NodeLocal DNSCache that drops AAAA.",
      ...(template && /\sAAAA(\s|$)/.test(template)
        ? { mend: { mend: "corefile-aaaa", namespace: "kube-system", name: "coredns" } }
        : {}),
      confirm: `The AAAA record of ${told.name.name} is the Service's IPv6 address.`,
      explains: known.map(({ id }) => id),
    };
    if (justChanged(told))
      return possible(because, { ...remedy, missing: "that DNS had time to learn of the Service's IPv6 address" });
    return proven(template ? `${because}; the Corefile says "${template}"` : because, {
      ...remedy,
      died: { how: "answer", dial: told, by: [told] },
      instead: [
        { lookalike: "a name that is not known", by: [four] },
        { lookalike: "service-single-stack", by: [told.name.service] },
      ],
    });
  },
};

/** The lookup of the same name's A record, at the same server. */
function recordA({ symptoms }: Case, { name }: Symptom): Symptom | undefined {
  return symptoms.find(
    (one) => one.name?.type === "A" && one.name.name === name?.name && one.name.server === name?.server,
  );
}

/** A server that fails is not one that has nothing. */
function justChanged({ outcome, text }: Symptom): boolean {
  return outcome === "name-error" && !/NXDOMAIN/.test(text);
}
