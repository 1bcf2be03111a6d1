import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("controller-manager-mask-flags");

reports("the mask of both families in a dual-stack cluster")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=24
          #                       ^^ usage of --node-cidr-mask-size is not allowed with dual-stack clusters; use --node-cidr-mask-size-ipv4 and -ipv6
`;

reports("the mask of the family that a single-stack cluster lacks")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=fd00::/56
          - --node-cidr-mask-size-ipv4=24
          #                            ^^ usage of --node-cidr-mask-size-ipv4 is not allowed for a single-stack IPv6 cluster; remove it
`;

reports("both styles")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=fd00::/56
          - --node-cidr-mask-size=64
          #                       ^^ usage of --node-cidr-mask-size-ipv4 and --node-cidr-mask-size-ipv6 is not allowed if --node-cidr-mask-size is set; keep one style
          - --node-cidr-mask-size-ipv6=64
`;

accepts("masks of both families, 0, and flags that are not read without allocation")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=0
          - --node-cidr-mask-size-ipv4=24
          - --node-cidr-mask-size-ipv6=64
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=24
`;

reports("an allocation that is turned on without a value")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --allocate-node-cidrs
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=24
          #                       ^^ usage of --node-cidr-mask-size is not allowed with dual-stack clusters; use --node-cidr-mask-size-ipv4 and -ipv6
`;

reports("a controller manager that go-runner starts, from the command or from its arguments")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - /go-runner
          - --log-file=/var/log/kube-controller-manager.log
          - --also-stdout=true
          - /usr/local/bin/kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=24
          #                       ^^ usage of --node-cidr-mask-size is not allowed with dual-stack clusters; use --node-cidr-mask-size-ipv4 and -ipv6
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command: [/go-runner, --also-stdout=true]
        args:
          - --log-file=/var/log/kube-controller-manager.log
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=24
          #                       ^^ usage of --node-cidr-mask-size is not allowed with dual-stack clusters; use --node-cidr-mask-size-ipv4 and -ipv6
`;

accepts("go-runner with nothing to start, and with another program")`
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command: [/go-runner, --cluster-cidr=10.0.0.0/16,fd00::/56]
        args: [--allocate-node-cidrs=true, --node-cidr-mask-size=24]
---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - command:
          - /go-runner
          - /usr/local/bin/kube-scheduler
          - kube-controller-manager
          - --allocate-node-cidrs=true
          - --cluster-cidr=10.0.0.0/16,fd00::/56
          - --node-cidr-mask-size=24
`;

reports("what kubeadm starts it with")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd12::/56"}
  controllerManager:
    extraArgs:
      - {name: node-cidr-mask-size, value: "24"}
      #                                     ^^ usage of --node-cidr-mask-size is not allowed with dual-stack clusters; use --node-cidr-mask-size-ipv4 and -ipv6
---
  apiVersion: kubeadm.k8s.io/v1beta3
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16}
  controllerManager:
    extraArgs:
      node-cidr-mask-size-ipv6: "64"
      #                          ^^ usage of --node-cidr-mask-size-ipv6 is not allowed for a single-stack IPv4 cluster; remove it
`;

accepts("masks that fit kubeadm's podSubnet, an allocation that is off, and none")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd12::/56"}
  controllerManager:
    extraArgs:
      - {name: node-cidr-mask-size-ipv4, value: "24"}
      - {name: node-cidr-mask-size-ipv6, value: "64"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd12::/56"}
  controllerManager:
    extraArgs:
      - {name: allocate-node-cidrs, value: "false"}
      - {name: node-cidr-mask-size, value: "24"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: 10.96.0.0/12}
  controllerManager:
    extraArgs:
      - {name: node-cidr-mask-size-ipv6, value: "64"}
`;

reports("a configuration of k3s, whose flags are name=value")`
  cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
  service-cidr: 10.43.0.0/16,fd12:3456:789b::/112
  kube-controller-manager-arg:
    - node-cidr-mask-size=24
    #                     ^^ usage of --node-cidr-mask-size is not allowed with dual-stack clusters; use --node-cidr-mask-size-ipv4 and -ipv6
`;
