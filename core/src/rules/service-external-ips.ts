import { parseAddress, unmapped } from "../addresses/address.ts";
import { specialOf } from "../addresses/special-addresses.ts";
import { usualClusterOf } from "../facts/service-ranges.ts";
import { serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "externalIPs: deprecated, and dropped where the Service lacks their family",
  why: `kube-proxy serves a Service per family and leaves out external IPs of a family that the Service does not have,
without a word. The field as a whole is deprecated since 1.36: anybody who may edit a Service can claim any address with
it. Use a LoadBalancer or a Gateway.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
  severity: "warning",
  codes: ["SVC019", "SVC020"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/externalIPs/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv4]
  externalIPs: ["fd12:3456:789a::20"]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  ipFamilies: [IPv6]
`,
  },

  *check(service, world) {
    const list = service.get("spec", "externalIPs");
    // A chart that hands on what its values say decides nothing.
    if (!list?.items().some(({ text }) => text !== undefined)) return;
    if (world.atLeast(36))
      yield {
        at: list.key,
        message: "spec.externalIPs is deprecated and may no longer be implemented; use a LoadBalancer or Gateway",
        codes: ["SVC020"],
      };
    const fields = serviceFields(service);
    if (fields.type === "ExternalName" || service.partial) return;
    const families = serviceFamiliesOf(fields, usualClusterOf(world));
    for (const ip of list.items()) {
      const address = parseAddress(ip.text ?? "");
      // An address that is refused or reaches nobody has no other mistake.
      if (!address || specialOf(address)) continue;
      const { family } = unmapped(address);
      if (!families || families.includes(family)) continue;
      yield {
        at: ip,
        message: `kube-proxy leaves this address out: the Service has no ${family}; add the family or remove it`,
        codes: ["SVC019"],
      };
    }
  },
};
