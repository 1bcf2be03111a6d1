import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-cidr-too-large");

reports("an IPv6 range that the allocator refuses")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["fd12:3456:789a::/48"]
    #       ^^^^^^^^^^^^^^^^^^^^^ 💡 shortest allowed prefix length for service CIDR is 64, got 48
`;

accepts("/64, and IPv4 of any size")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: [10.0.0.0/8, "fd12::/64"]}
`;

fixes("to 65 536 addresses")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ["fd12:3456:789a::/63"]}
`.to`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ["fd12:3456:789a::/112"]}
`;
