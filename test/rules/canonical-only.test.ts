import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("canonical-only");

reports("IPv6 text of a slice, in every version", { kubernetes: 33 })`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
  endpoints:
    - addresses: ["FD12::5"]
    #             ^^^^^^^^^ 💡 must be in canonical form ("fd12::5")
    - addresses: ["::ffff:10.8.1.5"]
    #             ^^^^^^^^^^^^^^^^^ must not be an IPv4-mapped IPv6 address; it is 10.8.1.5
`;

reports("ranges of a ServiceCIDR, of both families", { kubernetes: 33 })`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs:
      - fd12:0::/112
      # ^^^^^^^^^^^^ 💡 must be in canonical form ("fd12::/112")
      - 10.97.0.1/16
      # ^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use 10.97.0.0/16
`;

accepts("canonical text, and IPv4 of slices, which others look at")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
  endpoints: [{addresses: ["fd12::5"]}]
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv4
  endpoints: [{addresses: [10.8.1.005]}]
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: [10.97.0.0/16, "fd12::/112"]}
`;

fixes("the text in its quotes")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ['FD12:3456::1/112']}
`.to`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ['fd12:3456::/112']}
`;
