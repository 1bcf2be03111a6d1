import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("selectorless-dual-stack");

reports("slices of one family, at the families where they are written")`
  apiVersion: v1
  kind: Service
  metadata: {name: ledger}
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies: [IPv6, IPv4]
    #            ^^^^ dual-stack, but its EndpointSlices are all IPv6; add one with addressType: IPv4
---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: a, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
`;

accepts("a selector, one family, no slices, slices of another Service, and names instead of addresses")`
  apiVersion: v1
  kind: Service
  metadata: {name: a}
  spec: {ipFamilyPolicy: RequireDualStack, selector: {app: a}}
---
  apiVersion: v1
  kind: Service
  metadata: {name: a}
  spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4]}
---
  apiVersion: v1
  kind: Service
  metadata: {name: b}
  spec: {ipFamilyPolicy: RequireDualStack}
---
  apiVersion: v1
  kind: Service
  metadata: {name: a, namespace: other}
  spec: {ipFamilyPolicy: RequireDualStack}
---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: a, labels: {kubernetes.io/service-name: a}}
  addressType: IPv4
`;

const prefer = `
  apiVersion: v1
  kind: Service
  metadata: {name: ledger}
  spec:
    ipFamilyPolicy: PreferDualStack`;
const slice = `
---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: a, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv4
`;

for (const cluster of ["unknown", "dual-v4"] as const)
  reports(`PreferDualStack alone, the cluster being ${cluster}`, { cluster })`${prefer}
    #               ^^^^^^^^^^^^^^^ dual-stack, but its EndpointSlices are all IPv4; add one with addressType: IPv6${slice}`;

accepts("PreferDualStack on a cluster of one family", { cluster: "v4" })`${prefer}${slice}`;

accepts("a headless Service that has both families by default only")`
  apiVersion: v1
  kind: Service
  metadata: {name: ledger}
  spec: {clusterIP: None, ipFamilies: [IPv4]}${slice}`;
