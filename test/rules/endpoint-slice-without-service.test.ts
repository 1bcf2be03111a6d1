import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("endpoint-slice-without-service");

reports("a slice without the label")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata:
    name: ledger-6
    labels: {app: ledger}
  # ^^^^^^ belongs to no Service; add the label kubernetes.io/service-name
  addressType: IPv6
`;

accepts("the label, and labels from a template")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata:
    name: ledger-6
    labels:
      {{- include "labels" . | nindent 4 }}
`;
