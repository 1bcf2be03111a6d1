import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("nat64-range");

reports("a range within, and one around, NAT64's prefix")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["64:ff9b::/112"]
    #       ^^^^^^^^^^^^^^^ 64:ff9b::/112 overlaps NAT64's 64:ff9b::/96, which means IPv4 addresses; use another prefix
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["64:ff9b::/64"]
    #       ^^^^^^^^^^^^^^ 64:ff9b::/64 overlaps NAT64's 64:ff9b::/96, which means IPv4 addresses; use another prefix
`;

accepts("the prefix for local use, and a policy that opens NAT64")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["64:ff9b:1::/112"]
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    egress: [{to: [{ipBlock: {cidr: "64:ff9b::/96"}}]}]
`;
