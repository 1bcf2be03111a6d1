import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("host-bits");

reports("bits behind the length")`
  kind: Service
  spec:
    loadBalancerSourceRanges:
      - "fd12:3456:789a::1/48"
      # ^^^^^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use fd12:3456:789a::/48 or fd12:3456:789a::1/128
      - 10.0.0.1/8
      # ^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use 10.0.0.0/8 or 10.0.0.1/32
`;

accepts("a network, a single address, everything, and a ServiceCIDR, which has a rule of its own")`
  kind: Service
  spec:
    loadBalancerSourceRanges: ["fd12::/48", "fd12::1/128", "::/0"]
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["fd12::1/112"]
`;

fixes("by the network first")`
  kind: Node
  spec:
    podCIDRs:
      - fd12:3456:789a:1::5/64 # first
`.to`
  kind: Node
  spec:
    podCIDRs:
      - fd12:3456:789a:1::/64 # first
`;

reports("a length that is one for IPv4, of which the address is not cut")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    podSelector: {}
    ingress:
      - from:
          - ipBlock: {cidr: "2019:30::/24"}
            #               ^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; the length is wrong, use 2019:30::/32 ... 2019:30::/112
          - ipBlock: {cidr: "fd00:10:244::/16"}
            #               ^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; the length is wrong, use fd00:10:244::/48 ... fd00:10:244::/112
          - ipBlock: {cidr: "fd00:10:244::5/8"}
            #               ^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; the length is wrong, use fd00:10:244::5/128
`;
