import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("endpoint-slice-family");

reports("each address of the other family")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
  endpoints:
    - addresses: ["fd12::5"]
    - addresses: [10.8.1.5]
    #             ^^^^^^^^ must be an IPv6 address; put IPv4 into a slice of its own
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv4
  endpoints:
    - addresses: ["fd12::5"]
    #             ^^^^^^^^^ must be an IPv4 address; put IPv6 into a slice of its own
`;

accepts("the family of the slice, names, and a type that is none")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
  endpoints: [{addresses: ["fd12::5"]}, {addresses: ["::ffff:10.8.1.5"]}]
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: FQDN
  endpoints: [{addresses: [example.com]}]
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: ipv6
  endpoints: [{addresses: [10.8.1.5]}]
`;
