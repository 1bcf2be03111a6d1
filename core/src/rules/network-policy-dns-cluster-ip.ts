import { bits, isUniqueLocal, type Prefix, parsePrefix } from "../addresses/address.ts";
import { spanHolds, spanOf } from "../addresses/span.ts";
import { isDnsPort } from "../facts/network-policies.ts";
import { ranges } from "../facts/ranges.ts";
import { ipBlocks } from "../kinds/network-policy.ts";
import type { Rule, World } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "DNS is allowed by the ClusterIP of its Service",
  why: `Most network plugins look at policies after the Service's address has been replaced by that of a pod, so that a
block with the ClusterIP matches nothing. It also names one family, while a dual-stack DNS Service has an address of each.
Select the DNS pods instead.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["NP015"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 10.96.0.10/32
      ports:
        - protocol: UDP
          port: 53
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: {}
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
`,
  },

  *check(policy, world) {
    for (const { direction, rule, block } of ipBlocks(policy)) {
      const cidr = block.get("cidr");
      const prefix = parsePrefix(cidr?.text ?? "");
      if (direction !== "egress" || !prefix || prefix.length !== bits(prefix.address.family)) continue;
      if (!rule.get("ports")?.items().some(isDnsPort)) continue;
      if (!looksLikeKubeDns(prefix) && !isServiceAddress(cidr?.text ?? "", world)) continue;
      yield { at: cidr, message: "policies mostly see DNS after DNAT, not its ClusterIP; select the kube-dns pods" };
    }
  },
};

/** kubeadm, k3s and others give DNS the tenth address of the service range, where that range is a private one. */
function looksLikeKubeDns({ address }: Prefix): boolean {
  const { family, value } = address;
  if (family === "IPv6") return isUniqueLocal(address) && (value & 0xffff_ffff_ffff_ffffn) === 10n;
  const isPrivate = value >> 24n === 10n || value >> 20n === 0xac1n || value >> 16n === 0xc0a8n;
  return isPrivate && (value & 0xffffn) === 10n;
}

function isServiceAddress(cidr: string, world: World): boolean {
  const span = spanOf(cidr);
  const services = world.all(ranges).flatMap(({ value }) => value.filter(({ role }) => role === "service"));
  return services.some(({ text }) => {
    const range = spanOf(text);
    return span !== undefined && range !== undefined && spanHolds(range, span);
  });
}
