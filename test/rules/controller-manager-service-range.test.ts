import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("controller-manager-service-range");

reports("two of one family")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --service-cluster-ip-range=10.1.0.0/16,10.2.0.0/16
          #                            ^^^^^^^^^^^^^^^^^^^^^^^ serviceCIDR and secondaryServiceCIDR are not dualstack; name one of each family
`;

accepts("the API server's ranges, and no API server to compare with")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --service-cluster-ip-range=10.1.0.0/16,fd00::/112
---
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=10.1.0.0/16,fd00::/112
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: elsewhere}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --service-cluster-ip-range=10.2.0.0/16
`;

fixes("an order that is not the API server's")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=10.1.0.0/16,fd00::/112
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --service-cluster-ip-range=fd00::/112,10.1.0.0/16
`.to`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=10.1.0.0/16,fd00::/112
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --service-cluster-ip-range=10.1.0.0/16,fd00::/112
`;
