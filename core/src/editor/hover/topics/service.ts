import type { FieldDoc } from "../field-doc.ts";

const dualStack = "https://kubernetes.io/docs/concepts/services-networking/dual-stack/";
const service = "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/";
const kinds = ["Service"];

export const topic: readonly FieldDoc[] = [
  {
    kinds,
    path: "spec.ipFamilyPolicy",
    says: `How many families the Service gets.

| | IPv4-only or IPv6-only cluster | dual-stack cluster |
|---|---|---|
| \`SingleStack\`, also when left out | one ClusterIP | one ClusterIP, of the primary family |
| \`PreferDualStack\` | one ClusterIP | one of each family |
| \`RequireDualStack\` | refused | one of each family |

A headless Service without selector that leaves it out gets both families on every cluster.`,
    source: dualStack,
  },
  {
    kinds,
    path: "spec.ipFamilies",
    says: `Which families, the primary one first: it decides \`clusterIP\` and the family of \`Endpoints\`, and never changes
once set; the second may be added and removed. Every family named has to be served by the cluster, also with
\`PreferDualStack\`: leave the field out to take what the cluster has. It does not choose what clients use: DNS answers A and
AAAA, and the client's resolver picks (RFC 6724).`,
    source: dualStack,
  },
  {
    kinds,
    path: "spec.clusterIPs",
    says: "One address a family, in the order of `ipFamilies`; the first equals `clusterIP`. `None` makes the Service headless.",
    source: service,
  },
  {
    kinds,
    path: "spec.clusterIP",
    says: "The address of the primary family. With `PreferDualStack` or `RequireDualStack` the other one stands in `clusterIPs` only.",
    source: service,
  },
  {
    kinds,
    path: "spec.externalIPs",
    says: "Addresses that every node takes traffic for; only those of a family that the Service has are used. Deprecated in 1.36.",
    source: service,
  },
  {
    kinds,
    path: "spec.loadBalancerIP",
    says: "One address, of one family: deprecated since 1.24, because it cannot say what a dual-stack Service needs. Implementations have annotations for it.",
    source: service,
  },
  {
    kinds,
    path: "spec.loadBalancerSourceRanges",
    says: "Who may connect, **per family**: kube-proxy filters each family by the ranges of that family, and a family without any range is open to everybody.",
    source: service,
  },
  {
    kinds,
    path: "spec.externalName",
    says: "A DNS name. An IPv6 address is refused, an IPv4 address is accepted and never resolves.",
    source: service,
  },
  {
    kinds,
    path: "spec.externalTrafficPolicy",
    says: "`Local` keeps the client's address and drops traffic on nodes without a ready endpoint, **of that family**.",
    source: service,
  },
  {
    kinds,
    path: "spec.selector",
    says: "The pods behind the Service. EndpointSlices are made for each family of the Service from the pods' `status.podIPs` of that family.",
    source: service,
  },
];
