import { familyOf } from "../addresses/address.ts";
import { translated } from "../addresses/nat64.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { coreDns64 } from "../judging/dns64.ts";
import { seenFailing } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "DNS64 makes up the IPv6 addresses of the cluster's own Services",
  why: "With translate_all CoreDNS replaces AAAA records that exist. A Service with an IPv6 address is then reached through the translator, which has no way into the cluster, or none to a private address.",
  source: "https://coredns.io/plugins/dns64/",
  looksLike: ["no-aaaa", "nat64-missing"], // there is no AAAA record at all / the name is not the cluster's
  code: "D11",

  *judge(subject) {
    const names = subject.symptoms.filter(
      ({ name, outcome }) => name?.type === "AAAA" && name.service !== undefined && outcome === "ok",
    );
    const dns64 = names.length > 0 ? yield* coreDns64(names[0]?.name?.name) : undefined;
    const prefix = dns64?.dns64?.prefix;
    for (const looked of names) {
      const { clusterIPs = [], clusterIP } = looked.name?.service?.object.spec ?? {};
      const answers = looked.text.split(", ");
      const made = answers
        .flatMap((address) => translated(address, prefix ? [prefix] : undefined) ?? [])
        .filter(({ four }) => (clusterIPs as string[]).includes(four));
      if (made.length === 0 || clusterIP === "None" || answers.some((one) => (clusterIPs as string[]).includes(one)))
        continue;
      const six = (clusterIPs as string[]).find((ip) => familyOf(ip) === "IPv6");
      const because = `${looked.to} is ${looked.text}, which stands for ${made.map(({ four }) => four).join(", ")}; the Service has ${six ?? "no IPv6 address"}`;
      const dials = seenFailing(subject).filter(({ flow }) => answers.includes(flow?.host ?? ""));
      const remedy = {
        fix: "Take translate_all out of dns64 in ConfigMap kube-system/coredns, and let the kubernetes plugin answer the cluster's zone in a server of its own, without dns64.",
        confirm: `AAAA of ${looked.name?.name} is ${six ?? "empty"}.`,
        explains: dials.map(({ id }) => id),
      };
      const [dial] = dials;
      if (!dial || !dns64?.dns64)
        return possible(because, {
          ...remedy,
          missing: dial ? "the Corefile that makes it up" : "a dial to that address that fails",
        });
      return proven(
        `${because}; the Corefile says dns64 ${prefix}${dns64.dns64.translateAll ? " with translate_all" : ""}`,
        {
          ...remedy,
          died: { how: "tuple", dial, by: [looked, dns64.by] },
          instead: [{ lookalike: "no-aaaa", by: [looked] }],
        },
      );
    }
    return excluded(
      "no name of a Service is answered with a translator's address",
      names.length > 0 ? names : dialsOverIPv6(subject),
    );
  },
};
