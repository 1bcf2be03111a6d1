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
