import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("kubeadm-subnet-size");

reports("too few addresses, and too many for Services")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd00:1::/125
    #          ^^^^^^^^^^^^ subnet with 8 address(es) is too small, the minimum is 14
    serviceSubnet: 10.0.0.0/16,fd00:3::/64
    #                          ^^^^^^^^^^^ 💡 specified service subnet is too large; for 128-bit addresses, the mask must be >= 108
`;

accepts("the smallest and the largest there may be")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00:1::/124", serviceSubnet: "10.0.0.0/12,fd00:3::/108"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.0.0.0/28", serviceSubnet: "10.0.0.0/28"}
`;

fixes("the one prefix and leaves the other")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    serviceSubnet: "10.0.0.0/8,fd00:3::/112" # services
`.to`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    serviceSubnet: "10.0.0.0/16,fd00:3::/112" # services
`;
