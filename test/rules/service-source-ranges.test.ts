import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-source-ranges");

reports("a dual-stack LoadBalancer that is open to one family")`
  kind: Service
  spec:
    type: LoadBalancer
    ipFamilyPolicy: PreferDualStack
    loadBalancerSourceRanges: [10.0.0.0/8]
   #^^^^^^^^^^^^^^^^^^^^^^^^ 💡 no range is IPv6, so every IPv6 client gets in; add ranges, or ::/128 to shut it
  ---
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: "fd12::/48"
      #                                                       ^^^^^^^^^^^ no range is IPv4, so every IPv4 client gets in; add ranges, or 0.0.0.0/32 to shut it
  spec:
    type: LoadBalancer
    ipFamilyPolicy: RequireDualStack
`;

accepts("ranges of both families, one family for a Service of one, and single-stack clusters", { cluster: "v4" })`
  kind: Service
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack, loadBalancerSourceRanges: [10.0.0.0/8, "fd12::/48"]}
  ---
  kind: Service
  spec: {type: LoadBalancer, ipFamilies: [IPv4], loadBalancerSourceRanges: [10.0.0.0/8]}
  ---
  kind: Service
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack, loadBalancerSourceRanges: [10.0.0.0/8]}
`;

fixes("by shutting the other family out")`
  kind: Service
  spec:
    type: LoadBalancer
    ipFamilyPolicy: RequireDualStack
    loadBalancerSourceRanges: [10.0.0.0/8]
`.to`
  kind: Service
  spec:
    type: LoadBalancer
    ipFamilyPolicy: RequireDualStack
    loadBalancerSourceRanges: [10.0.0.0/8, "::/128"]
`;

reports("IPv6 ranges for a Service that says nothing, where nobody knows the cluster")`
  kind: Service
  spec:
    type: LoadBalancer
    loadBalancerSourceRanges: ["fd12::/48"]
   #^^^^^^^^^^^^^^^^^^^^^^^^ 💡 no range is IPv4, so every IPv4 client gets in; add ranges, or 0.0.0.0/32 to shut it
`;

accepts("IPv4 ranges for the same, and a policy that a template may bring")`
  kind: Service
  spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]}
  ---
  kind: Service
  spec:
    {{- include "families" . | nindent 4 }}
    type: LoadBalancer
    loadBalancerSourceRanges: ["fd12::/48"]
`;

accepts("IPv6 ranges on a cluster of IPv6", { cluster: "v6" })`
  kind: Service
  spec: {type: LoadBalancer, loadBalancerSourceRanges: ["fd12::/48"]}
`;

accepts("an IPv4-mapped range, which is one of IPv4")`
  kind: Service
  spec: {type: LoadBalancer, loadBalancerSourceRanges: ["::ffff:10.0.0.0/104"]}
`;

reports("the values of a chart whose type is its own")`
  controller:
    service:
      ipFamilyPolicy: PreferDualStack
      loadBalancerSourceRanges: [10.0.0.0/8]
     #^^^^^^^^^^^^^^^^^^^^^^^^ 💡 no range is IPv6, so every IPv6 client gets in; add ranges, or ::/128 to shut it
`;

accepts("values with another type")`
  controller:
    service: {ipFamilyPolicy: PreferDualStack, type: ClusterIP, loadBalancerSourceRanges: [10.0.0.0/8]}
`;
