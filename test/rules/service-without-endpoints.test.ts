import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-without-endpoints");

reports("a Service that nothing answers for")`
  kind: Service
  metadata:
    name: ledger
  spec:
# ^^^^ no selector and no EndpointSlice for it: nothing answers; add one of them
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

accepts("a selector that a template writes, as helm create has it, or leaves to whoever installs it")`
  apiVersion: v1
  kind: Service
  metadata:
    name: {{ include "web.fullname" . }}
    labels:
      {{- include "web.labels" . | nindent 4 }}
  spec:
    type: {{ .Values.service.type }}
    ports:
      - port: {{ .Values.service.port }}
    selector:
      {{- include "web.selectorLabels" . | nindent 4 }}
  ---
  kind: Service
  metadata: {name: web}
  spec:
    ports: []
    {{- with .Values.selector }}
    selector:
      {{- toYaml . | nindent 4 }}
    {{- end }}
`;

reports("a selector that is null, and one that is empty")`
  kind: Service
  metadata: {name: web}
  spec: {ports: [], selector: null}
  #                 ^^^^^^^^ no selector and no EndpointSlice for it: nothing answers; add one of them
  ---
  kind: Service
  metadata: {name: web}
  spec: {ports: [], selector: {}}
  #                 ^^^^^^^^ no selector and no EndpointSlice for it: nothing answers; add one of them
`;

accepts("the API server's own Service, whose slice it writes itself")`
  kind: Service
  metadata: {name: kubernetes, namespace: default}
  spec: {ports: [{port: 443}]}
`;

reports("its name in another namespace, and a slice in another namespace than the Service")`
  {kind: Service, metadata: {name: kubernetes, namespace: shop}, spec: {ports: [{port: 443}]}}
  #                                                              ^^^^ no selector and no EndpointSlice for it: nothing answers; add one of them
  ---
  {kind: Service, metadata: {name: ledger, namespace: shop}, spec: {ports: [{port: 443}]}}
  #                                                          ^^^^ no selector and no EndpointSlice for it: nothing answers; add one of them
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, namespace: books, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
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

accepts("a Service of Octelium's, which has no apiVersion")`
  kind: Service
  metadata: {name: affine}
  spec:
    mode: WEB
    port: 80
    config: {upstream: {url: "https://gateway.example.com"}}
`;
