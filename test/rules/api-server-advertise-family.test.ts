import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("api-server-advertise-family");

reports("an address that is not of the first range's family")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --advertise-address=fd00::11
          #                     ^^^^^^^^ service IP family "IPv4" must match public address family "IPv6"
          - --service-cluster-ip-range=10.96.0.0/16
`;

accepts("the family of the first range, and no range to compare with")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --advertise-address=10.0.0.11
          - --service-cluster-ip-range=10.96.0.0/16,fd00:3::/112
---
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --advertise-address=10.0.0.11
`;

fixes("by the order of the ranges, if there are two")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - "--advertise-address=10.0.0.11"
          - "--service-cluster-ip-range=fd00:3::/112,10.96.0.0/16" # ranges
`.to`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - "--advertise-address=10.0.0.11"
          - "--service-cluster-ip-range=10.96.0.0/16,fd00:3::/112" # ranges
`;
