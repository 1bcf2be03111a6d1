import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("pool-outside-pod-subnet");

const cluster = `
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16}
---`;

reports("a family that the podSubnet does not have")`${cluster}
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd00::/56
    #     ^^^^^^^^^ fd00::/56 lies outside the podSubnet 10.244.0.0/16; make them agree
`;

accepts("a part of it, and a pool for load balancers")`${cluster}
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.244.0.0/17}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.50.0.0/24, allowedUses: [LoadBalancer]}
`;

accepts("no podSubnet to compare with")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd00::/56"}
`;

reports("a pool of the operator")`${cluster}
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: 10.244.0.0/16
        - cidr: 192.168.0.0/16
          #     ^^^^^^^^^^^^^^ 192.168.0.0/16 lies outside the podSubnet 10.244.0.0/16; make them agree
`;

reports("a pool that calico-node makes")`${cluster}
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: 192.168.0.0/16}
              #                                     ^^^^^^^^^^^^^^ 192.168.0.0/16 lies outside the podSubnet 10.244.0.0/16; make them agree
`;

accepts(
  "the podSubnet as a pool of calico-node, no pool, and flags of kube-proxy, which another rule compares",
)`${cluster}
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: 10.244.0.0/16}
              - {name: CALICO_IPV6POOL_CIDR, value: none}
---
  apiVersion: apps/v1
  kind: DaemonSet
  spec: {template: {spec: {containers: [{command: [kube-proxy, --cluster-cidr=192.168.0.0/16]}]}}}
`;
