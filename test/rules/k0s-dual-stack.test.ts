import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("k0s-dual-stack");

reports("a missing prefix, an unknown key and an IPv4 prefix")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      dualStack:
        enabled: true
        #        ^^^^ invalid CIDR address: dualStack is enabled without IPv6serviceCIDR; add it
        IPv6podCIDR: 10.1.0.0/16
        #            ^^^^^^^^^^^ 10.1.0.0/16 is IPv4; IPv6podCIDR wants the IPv6 prefix of the pair
        podCIDR: fd00::/108
      # ^^^^^^^ unknown field "spec.network.dualStack.podCIDR"; known are IPv6podCIDR and IPv6serviceCIDR
`;

reports("another spelling, once")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      dualStack:
        enabled: true
        IPv6podCIDR: fd00::/108
        ipv6ServiceCidr: fd01::/108
      # ^^^^^^^^^^^^^^^ 💡 unknown field "spec.network.dualStack.ipv6ServiceCidr"; write IPv6serviceCIDR
`;

accepts("both prefixes, and none where it is not enabled")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec: {network: {dualStack: {enabled: true, IPv6podCIDR: "fd00::/108", IPv6serviceCIDR: "fd01::/108"}}}
---
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec: {network: {dualStack: {enabled: false}}}
`;

const old = `apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
metadata: {name: k0s}
spec: {network: {podCIDR: 10.244.0.0/16}}
`;

reports("IPv6 first in a cluster that had IPv4 alone", { old })`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  metadata: {name: k0s}
  spec:
    api:
      address: 2a0e:97c0:3ea:8::11
      #        ^^^^^^^^^^^^^^^^^^^ puts IPv6 first in a cluster whose nodes have IPv4 first: keep an IPv4 address, or make the nodes anew
    network: {podCIDR: 10.244.0.0/16, dualStack: {enabled: true, IPv6podCIDR: "fd12::/108", IPv6serviceCIDR: "fd13::/108"}}
`;

accepts("IPv4 first as before, and a new cluster", { old })`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  metadata: {name: k0s}
  spec:
    api: {address: 10.1.2.3}
    network: {dualStack: {enabled: true, IPv6podCIDR: "fd12::/108", IPv6serviceCIDR: "fd13::/108"}}
  ---
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  metadata: {name: another}
  spec:
    api: {address: "fd12::3"}
    network: {dualStack: {enabled: true, IPv6podCIDR: "fd12::/108", IPv6serviceCIDR: "fd13::/108"}}
`;
