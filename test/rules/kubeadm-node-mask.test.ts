import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubeadm-node-mask");

reports("a podSubnet smaller than a node's part, and one too large")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.0.0.0/25,fd00::/47
    #          ^^^^^^^^^^^ the size of pod subnet with mask 25 is smaller than the size of node subnet with mask 24; set node-cidr-mask-size-ipv4
    #                      ^^^^^^^^^ pod subnet mask (47) and node-mask (64) difference is greater than 16; write /48 to /64
`;

reports("a mask that is no integer, in the map of older versions")`
  apiVersion: kubeadm.k8s.io/v1beta3
  kind: ClusterConfiguration
  networking:
    podSubnet: fd00::/56
    #          ^^^^^^^^^ could not parse the value of the kube-controller-manager flag node-cidr-mask-size-ipv6 as an integer
  controllerManager:
    extraArgs: {node-cidr-mask-size-ipv6: "/64"}
`;

accepts("the limits, a mask that fits, and no allocation at all")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.0.0.0/8,fd00::/48"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/112"}
  controllerManager:
    extraArgs: [{name: node-cidr-mask-size-ipv6, value: "120"}]
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/112"}
  controllerManager:
    extraArgs: [{name: allocate-node-cidrs, value: "false"}]
`;

reports("a mask that is written beside the subnet in Cluster API, where what is left out says nothing")`
  apiVersion: controlplane.cluster.x-k8s.io/v1beta1
  kind: KubeadmControlPlane
  spec:
    kubeadmConfigSpec:
      clusterConfiguration:
        networking: {podSubnet: "10.0.0.0/28,fd12:3456:789a::/64"}
        #                                    ^^^^^^^^^^^^^^^^^^^ the size of pod subnet with mask 64 is smaller than the size of node subnet with mask 48; set node-cidr-mask-size-ipv6
        controllerManager: {extraArgs: {node-cidr-mask-size-ipv6: "48"}}
`;
