import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "Cilium's egress gateway has an address of a family that none of its destinations is of",
  why: `What leaves for \`destinationCIDRs\` is given \`egressIP\` as its source. No packet to an IPv6 address can have an IPv4 source, nor the other
way round: no packet takes this gateway. A gateway for IPv6 needs an address of IPv6, and Cilium 1.18 or newer.`,
  source: "https://docs.cilium.io/en/stable/network/egress-gateway/egress-gateway/",
  severity: "warning",
  kinds: ["CiliumEgressGatewayPolicy"],
  groups: ["cilium.io"],
  mentions: [/egressIP/],
  example: {
    bad: policy("::/0"),
    good: policy("0.0.0.0/0"),
  },

  *check(policy) {
    const gateways = [policy.get("spec", "egressGateway"), ...(policy.get("spec", "egressGateways")?.items() ?? [])];
    const destinations = policy.get("spec", "destinationCIDRs")?.items() ?? [];
    const families = destinations.map(({ text = "" }) => familyOf(text.split("/")[0] ?? ""));
    if (families.length === 0 || families.includes(undefined)) return;
    for (const gateway of gateways) {
      const address = gateway?.get("egressIP");
      const family = familyOf(address?.text ?? "");
      if (!family || families.includes(family)) continue;
      yield {
        at: address,
        message: `no destination is ${family}, so nothing leaves from this address: write an address of ${families[0]}`,
      };
    }
  },
};

function policy(destination: string): string {
  return `apiVersion: cilium.io/v2
kind: CiliumEgressGatewayPolicy
metadata:
  name: web
spec:
  selectors:
    - podSelector:
        matchLabels: {app: web}
  destinationCIDRs:
    - ${destination}
  egressGateway:
    nodeSelector:
      matchLabels: {egress: "true"}
    egressIP: 192.0.2.10
`;
}
