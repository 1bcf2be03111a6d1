import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";
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
    const empty = subject.failures.filter(
      ({ kind, outcome }) => kind === "name" && (outcome === "no-record" || outcome === "name-error"),
    );
    const hidden = empty.filter(({ name }) =>
      ((name?.service?.object.spec?.clusterIPs ?? []) as string[]).some((ip) => familyOf(ip) === "IPv6"),
    );
    const [first] = hidden;
    if (!first?.name?.service) return excluded("no name lacks an AAAA record that its Service could give it");
    const corefile = yield* tryAsk(configMap, { namespace: "kube-system", name: "coredns" });
    const template = corefile.ok
      ? /^\s*template\s+(?:IN|ANY)\s+(?:AAAA|ANY)[^\n]*/m.exec(String(corefile.value.data?.Corefile ?? ""))?.[0].trim()
      : undefined;
    const { clusterIPs } = first.name.service.object.spec ?? {};
    const because = `${first.to}: ${first.text}, although the Service has ${clusterIPs.join(", ")}`;
    return proven(template ? `${because}; the Corefile says "${template}"` : because, {
      fix: template
        ? `Remove "${template} ..." from ConfigMap kube-system/coredns; CoreDNS reloads it by itself.`
        : "Look at what answers at that address: a `template` in a Corefile outside ConfigMap kube-system/coredns, a DNS proxy, or a NodeLocal DNSCache that drops AAAA.",
      confirm: `The AAAA record of ${first.name.name} is the Service's IPv6 address.`,
      explains: hidden.map(({ id }) => id),
    });
  },
};
