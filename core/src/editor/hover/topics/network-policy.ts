import type { FieldDoc } from "../field-doc.ts";

const source = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";
const kinds = ["NetworkPolicy"];
const block =
  "Addresses outside the cluster, of **one family**: `0.0.0.0/0` matches no IPv6 address and `::/0` no IPv4 address. Pods are selected by labels, which hold for both families.";

export const topic: readonly FieldDoc[] = [
  {
    kinds,
    path: "spec.podSelector",
    says: "The pods this policy isolates, in **both families** at once, for the directions in `policyTypes`. `{}` is every pod of the namespace.",
    source,
  },
  {
    kinds,
    path: "spec.policyTypes",
    says: "The directions that are isolated. Left out: Ingress always, Egress only if there are egress rules.",
    source,
  },
  {
    kinds,
    path: "spec.ingress",
    says: "Who may connect to the pods. Rules and policies add up; nothing here but `Ingress` in policyTypes: nobody, over IPv4 and IPv6.",
    source,
  },
  {
    kinds,
    path: "spec.egress",
    says: "Where the pods may connect to, DNS (port 53) included. Nothing here but `Egress` in policyTypes: nowhere, over IPv4 and IPv6.",
    source,
  },
  { kinds, path: "spec.ingress[].from[].ipBlock", says: block, source },
  { kinds, path: "spec.ingress[].from[].ipBlock.cidr", says: block, source },
  { kinds, path: "spec.egress[].to[].ipBlock", says: block, source },
  { kinds, path: "spec.egress[].to[].ipBlock.cidr", says: block, source },
  {
    kinds,
    path: "spec.ingress[].from[].ipBlock.except",
    says: "Prefixes strictly inside `cidr`, of the same family.",
    source,
  },
  {
    kinds,
    path: "spec.egress[].to[].ipBlock.except",
    says: "Prefixes strictly inside `cidr`, of the same family.",
    source,
  },
  {
    kinds,
    path: "spec.ingress[].ports[].protocol",
    says: "TCP, UDP or SCTP. ICMP and ICMPv6 cannot be named: a rule without `ports` lets them in, Calico and Cilium have policies of their own for them.",
    source,
  },
  {
    kinds,
    path: "spec.egress[].ports[].protocol",
    says: "TCP, UDP or SCTP. ICMP and ICMPv6 cannot be named: a rule without `ports` lets them out.",
    source,
  },
];
