import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("controller-manager-cluster-cidr");

reports("two of one family")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=fd00:1::/56,fd00:2::/56
          #                ^^^^^^^^^^^^^^^^^^^^^^^ len of ClusterCIDRs==2 and they are not configured as dual stack; name one of each family
`;

reports("a prefix smaller than a node's, and one too large for the set of nodes")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/25,fd00::/47
          #                ^^^^^^^^^^^ Invalid --cluster-cidr, mask size of cluster CIDR must be less than or equal to --node-cidr-mask-size 24
          #                            ^^^^^^^^^ New CIDR set failed; the node CIDR size is too big: /64 a node needs a cluster CIDR of /48 or longer
`;

accepts("IPv4 of any size, masks that fit, and no allocation")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/7
          - --node-cidr-mask-size=28
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=fd00::/104
          - --node-cidr-mask-size-ipv6=120
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --cluster-cidr=fd00::/40
`;

reports("an allocation that is turned on without a value, or by another word for true")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs
          - --cluster-cidr=fd12:3456:789a::/47
          #                ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size is too big: /64 a node needs a cluster CIDR of /48 or longer
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --cluster-cidr=fd12:3456:789a::/47
          #                ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size is too big: /64 a node needs a cluster CIDR of /48 or longer
          - --allocate-node-cidrs=True
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --cluster-cidr=fd12:3456:789a::/47
          #                ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size is too big: /64 a node needs a cluster CIDR of /48 or longer
          - --allocate-node-cidrs
`;

accepts("an allocation that is turned off, the last of two flags, and a value that comes from a template")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=f
          - --cluster-cidr=fd00::/40
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs
          - --cluster-cidr=fd00::/40
          - --allocate-node-cidrs=false
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs={{ .allocate }}
          - --cluster-cidr=fd00::/40
`;

reports("a blank behind the comma, a comma too many, and an address without a length")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - "--cluster-cidr=10.244.0.0/16, fd12:3456:789a::/56"
          #                               ^^^^^^^^^^^^^^^^^^^^ 💡 failed to parse cidr value:" fd12:3456:789a::/56"; remove the blank
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=fd12:3456:789a::/56,
          #                ^^^^^^^^^^^^^^^^^^^^ 💡 failed to parse cidr value:""; remove the comma
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=,fd12:3456:789a::/56
          #                ^^^^^^^^^^^^^^^^^^^^ 💡 failed to parse cidr value:""; remove the comma
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - "--cluster-cidr=10.244.0.0/16,fd12:3456:789a::"
          #                               ^^^^^^^^^^^^^^^^ failed to parse cidr value:"fd12:3456:789a::"; write address/length
`;

accepts("what is filled in later, blanks around the whole, and nothing")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=\$(CLUSTER_CIDR),fd12:3456:789a::/56
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - "--cluster-cidr= fd12:3456:789a::/56 "
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=false
          - --cluster-cidr=fd12::,
`;

fixes("by taking away blanks and a comma")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - "--cluster-cidr=10.244.0.0/16, fd12:3456:789a::/56,"
`.to`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - "--cluster-cidr=10.244.0.0/16,fd12:3456:789a::/56"
`;

reports("the flags in kubeadm's and k3s' files")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controllerManager:
    extraArgs:
      - {name: allocate-node-cidrs, value: "true"}
      - {name: cluster-cidr, value: "fd12:3456:789a::/80"}
      #                              ^^^^^^^^^^^^^^^^^^^ Invalid --cluster-cidr, mask size of cluster CIDR must be less than or equal to --node-cidr-mask-size 64
`;
