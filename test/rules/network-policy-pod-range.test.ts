import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-pod-range");

reports("a block inside the podSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd00:1::/56"}
---
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: "fd00:1:0:3::/64"}
          #                 ^^^^^^^^^^^^^^^^^ fd00:1:0:3::/64 lies inside the pods' fd00:1::/56; use a podSelector, it holds for both families
`;

accepts("a block that holds the pods and more, one outside, and one inside the service range")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00:1::/56", serviceSubnet: "fd00:2::/112"}
---
  kind: NetworkPolicy
  spec:
    egress:
      - to: [{ipBlock: {cidr: "fd00::/16"}}, {ipBlock: {cidr: "fd00:3::/64"}}, {ipBlock: {cidr: "fd00:2::/120"}}]
`;

accepts("a pool that calico-node may have made")`
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
---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec: {ingress: [{from: [{ipBlock: {cidr: 192.168.1.0/24}}]}]}
`;
