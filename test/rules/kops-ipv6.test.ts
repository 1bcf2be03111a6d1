import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kops-ipv6");

reports("a range that is not all, plugins and options without IPv6")`
  apiVersion: kops.k8s.io/v1alpha3
  kind: Cluster
  spec:
    networking:
      nonMasqueradeCIDR: fd12:3456:789a::/48
      #                  ^^^^^^^^^^^^^^^^^^^ IPv6 clusters must have a nonMasqueradeCIDR of "::/0"
      calico: {encapsulationMode: vxlan, awsSrcDstCheck: Disable, wireguardEnabled: true}
      #                           ^^^^^ IPv6 requires an encapsulationMode of "none"
      #                                                  ^^^^^^^ awsSrcDstCheck may only be "DoNothing" for IPv6 clusters
      #                                                                             ^^^^ WireGuard is not supported on IPv6 clusters
---
  apiVersion: kops.k8s.io/v1alpha2
  kind: Cluster
  spec:
    networking:
      amazonvpc: {}
     #^^^^^^^^^ amazon-vpc-routed-eni networking does not support IPv6: take cilium, calico or kindnet
      cilium: {enableEncryption: true, ipam: eni}
      #                          ^^^^ encryption is not supported on IPv6 clusters
      #                                      ^^^ Cilium ENI IPAM does not support IPv6
    nonMasqueradeCIDR: "::/0"
`;

reports("a subnet of both families in an IPv4 cluster")`
  apiVersion: kops.k8s.io/v1alpha2
  kind: Cluster
  spec:
    nonMasqueradeCIDR: 100.64.0.0/10
    subnets:
      - {name: a, type: DualStack, cidr: 172.20.32.0/19}
      #                 ^^^^^^^^^ subnet type DualStack may only be used in IPv6 clusters
`;

accepts("what kops' own tests make, and an IPv4 cluster with any plugin")`
  apiVersion: kops.k8s.io/v1alpha2
  kind: Cluster
  spec:
    networking: {calico: {encapsulationMode: none, awsSrcDstCheck: DoNothing}}
    nonMasqueradeCIDR: ::/0
    subnets: [{name: a, type: DualStack, ipv6CIDR: /64#0}]
---
  apiVersion: kops.k8s.io/v1alpha2
  kind: Cluster
  spec:
    networking: {flannel: {backend: vxlan}}
    nonMasqueradeCIDR: 100.64.0.0/10
`;
