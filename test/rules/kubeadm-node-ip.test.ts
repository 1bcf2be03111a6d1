import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubeadm-node-ip");

reports("one address in a dual-stack cluster, in the map of older versions too")`
  apiVersion: kubeadm.k8s.io/v1beta3
  kind: JoinConfiguration
  nodeRegistration:
    kubeletExtraArgs:
      node-ip: fd00::11
      #        ^^^^^^^^ the subnets are dual-stack, this node has no IPv4 address; add one after a comma
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.0.0.0/16,fd00::/56", serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
`;

accepts("an address of each family")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  nodeRegistration:
    kubeletExtraArgs: [{name: node-ip, value: "10.0.0.11,fd00::11"}]
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.0.0.0/16,fd00::/56", serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
`;

accepts("a single-stack cluster")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  nodeRegistration:
    kubeletExtraArgs: [{name: node-ip, value: 10.0.0.11}]
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.0.0.0/16}
`;
