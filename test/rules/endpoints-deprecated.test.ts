import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("endpoints-deprecated");

reports("the kind")`
  apiVersion: v1
  kind: Endpoints
  #     ^^^^^^^^^ v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice, one per family
`;

accepts("clusters before the deprecation", { kubernetes: 32 })`
  apiVersion: v1
  kind: Endpoints
`;

accepts("EndpointSlices")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
`;

accepts("what the control plane writes itself, and anew when it is deleted")`
  apiVersion: v1
  kind: Endpoints
  metadata: {name: web, labels: {endpoints.kubernetes.io/managed-by: endpoint-controller}}
  ---
  apiVersion: v1
  kind: Endpoints
  metadata: {name: kubernetes, namespace: default}
`;

reports("one of that name elsewhere")`
  apiVersion: v1
  kind: Endpoints
  #     ^^^^^^^^^ v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice, one per family
  metadata: {name: kubernetes, namespace: shop}
`;
