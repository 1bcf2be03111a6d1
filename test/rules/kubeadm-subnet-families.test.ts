import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubeadm-subnet-families");

reports("IPv6 pods under the default serviceSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd00::/56
    #          ^^^^^^^^^ pods have IPv6, Services only 10.96.0.0/12; set serviceSubnet
`;

reports("Services of a family that pods lack")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16
    #          ^^^^^^^^^^^^^ Services have IPv6, pods do not; add an IPv6 prefix to podSubnet
    serviceSubnet: 10.96.0.0/12,fd00:3::/112
`;

accepts("the same families, the default for IPv4, and no podSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/56,10.0.0.0/16", serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
`;
