import { contains, isLinkLocal, isLoopback, parseAddress } from "../addresses/address.ts";
import { clusterPlan } from "../kinds/cluster-plan.ts";
import { plannedPrefixes } from "../kinds/planned-list.ts";
import type { Rule } from "../lint/rule.ts";

/** Where an installer's file says which address pods ask for names. */
const fields: Readonly<Record<string, readonly string[]>> = {
  K3sConfig: ["cluster-dns"],
  TalosConfig: ["machine", "kubelet", "clusterDNS"],
};

export const rule: Rule = {
  summary: "The cluster's DNS address lies outside of the Services' range of the same file",
  why: `Pods ask the address that \`cluster-dns\` names, and it has to be that of the Service of CoreDNS: one out of the range of Services, of a
family that this has. Outside of it no Service can have the address, and no name is found. A cache on the node has a link-local address.`,
  source: "https://docs.k3s.io/cli/server#networking",
  severity: "error",
  kinds: Object.keys(fields),
  mentions: [/cluster-?dns/],
  example: {
    bad: `cluster-cidr: fd12:3456:789a::/56
service-cidr: fd12:3456:789b::/112
flannel-ipv6-masq: true
cluster-dns: 10.43.0.10
`,
    good: `cluster-cidr: fd12:3456:789a::/56
service-cidr: fd12:3456:789b::/112
flannel-ipv6-masq: true
cluster-dns: "fd12:3456:789b::a"
`,
  },

  *check(config) {
    const at = config.get(...(fields[config.kind] ?? []));
    const services = plannedPrefixes(clusterPlan(config)?.services);
    if (!at || !services) return;
    for (const field of at.type === "seq" ? at.items() : [at]) {
      let from = 0;
      for (const part of field.text?.split(",") ?? []) {
        const start = from;
        from += part.length + 1;
        const address = parseAddress(part.trim());
        if (!address || isLinkLocal(address) || isLoopback(address)) continue;
        if (services.some((prefix) => contains(prefix, address))) continue;
        yield {
          at: field.within(start, start + part.length),
          message: `no Service can have ${part.trim()}: write an address of the Services' range`,
        };
      }
    }
  },
};
