import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("duplicate-resource");

reports("the later one of two")`
  apiVersion: v1
  kind: Service
  metadata: {name: web}
---
  apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: default}
  #                ^^^ Service web is defined above already, and the later one wins; rename one
`;

accepts("another kind, group or namespace, names that are generated, and a template's alternatives")`
  apiVersion: v1
  kind: Service
  metadata: {name: web}
---
  apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: shop}
---
  apiVersion: serving.knative.dev/v1
  kind: Service
  metadata: {name: web}
---
  apiVersion: v1
  kind: Pod
  metadata: {generateName: web-}
---
  apiVersion: v1
  kind: Pod
  metadata: {generateName: web-}
---
  {{- if .Values.other }}
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  {{- end }}
`;
