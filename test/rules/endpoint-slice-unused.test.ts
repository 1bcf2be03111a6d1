import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("endpoint-slice-unused");

reports("a slice of the family that a single-stack Service lacks")`
  kind: Service
  metadata: {name: ledger}
  spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4]}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
  #            ^^^^ never used: Service ledger is IPv4 only; make it dual-stack or drop this slice
`;

reports("the primary family of the cluster, where the Service names none", { cluster: "dual-v6" })`
  kind: Service
  metadata: {name: ledger}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-4, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv4
  #            ^^^^ never used: Service ledger is IPv6 only; make it dual-stack or drop this slice
`;

accepts("a dual-stack Service, one whose family is not known, and one of another namespace")`
  kind: Service
  metadata: {name: a}
  spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4]}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: a-6, labels: {kubernetes.io/service-name: a}}
  addressType: IPv6
  ---
  kind: Service
  metadata: {name: b}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: b-6, labels: {kubernetes.io/service-name: b}}
  addressType: IPv6
  ---
  kind: Service
  metadata: {name: c, namespace: books}
  spec: {ipFamilies: [IPv4]}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: c-6, labels: {kubernetes.io/service-name: c}}
  addressType: IPv6
`;
