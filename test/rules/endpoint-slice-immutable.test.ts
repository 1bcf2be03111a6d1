import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("endpoint-slice-immutable");

reports("another family under the same name", {
  old: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ledger-x}
addressType: IPv4
`,
})`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-x}
  addressType: IPv6
  #            ^^^^ field is immutable: it is IPv4; create another slice for IPv6
`;

accepts("other addresses of the same family", {
  old: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ledger-x}
addressType: IPv6
endpoints: []
`,
})`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-x}
  addressType: IPv6
  endpoints: [{addresses: ["fd12::5"]}]
`;

accepts("a slice that is new")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-x}
  addressType: IPv6
`;
