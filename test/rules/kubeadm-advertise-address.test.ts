import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubeadm-advertise-address");

reports("an address that is not of the primary service family, of a joining control plane too")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  localAPIEndpoint:
    advertiseAddress: 10.0.0.11
    #                 ^^^^^^^^^ service IP family "IPv6" must match public address family "IPv4"; advertise an IPv6 address
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  controlPlane:
    localAPIEndpoint:
      advertiseAddress: 10.0.0.12
      #                 ^^^^^^^^^ service IP family "IPv6" must match public address family "IPv4"; advertise an IPv6 address
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "fd00:3::/112,10.96.0.0/16"}
`;

accepts("no ClusterConfiguration to compare with")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  localAPIEndpoint: {advertiseAddress: 10.0.0.11}
`;

accepts("several ClusterConfigurations, of which one may be meant")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  localAPIEndpoint: {advertiseAddress: "fd00::1"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: 10.96.0.0/16}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "fd00:3::/112"}
`;
