import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-without-endpoints");

reports("a Service that nothing answers for")`
  kind: Service
  metadata:
    name: ledger
    #     ^^^^^^ no selector and no EndpointSlice for it: nothing answers; add one of them
  spec:
    ports: []
`;

accepts("a selector, headless, an ExternalName, and a template")`
  kind: Service
  metadata: {name: a}
  spec: {selector: {app: web}}
  ---
  kind: Service
  metadata: {name: b}
  spec: {clusterIP: None}
  ---
  kind: Service
  metadata: {name: c}
  spec: {type: ExternalName, externalName: example.com}
  ---
  kind: Service
  metadata:
    name: d
  spec:
    {{- include "selector" . | nindent 2 }}
    ports: []
`;

accepts("a slice, or Endpoints, for it")`
  kind: Service
  metadata: {name: ledger}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
  ---
  kind: Service
  metadata: {name: books}
  spec: {ports: []}
  ---
  kind: Endpoints
  apiVersion: v1
  metadata: {name: books}
`;
