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

reports("IPv6 for a Service that says nothing, where IPv4 comes first", { cluster: "dual-v4" })`
  kind: Service
  metadata: {name: ledger}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
  #            ^^^^ never used: Service ledger is IPv4 only; make it dual-stack or drop this slice
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-4, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv4
`;

accepts("either family for a Service that says nothing, where nobody knows the cluster")`
  kind: Service
  metadata: {name: ledger}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-4, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv4
`;

reports("the same without advice to make it dual-stack where the cluster has one family", { cluster: "v4" })`
  kind: Service
  metadata: {name: ledger}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
  #            ^^^^ never used: Service ledger is IPv4 only; drop this slice
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-4, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv4
`;

accepts("the same where a file says that the cluster is IPv6 first")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "fd12:3456:789b::/108,10.96.0.0/12"}
  ---
  kind: Service
  metadata: {name: ledger}
  spec: {ports: []}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: ledger-6, labels: {kubernetes.io/service-name: ledger}}
  addressType: IPv6
`;

accepts("a dual-stack Service, one that a template writes, and one of another namespace")`
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
  spec:
    {{- include "families" . | nindent 4 }}
    ports: []
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
