import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("eksctl-ipv6");

reports("a range, a family that is none, addons that are left out")`
  apiVersion: eksctl.io/v1alpha5
  kind: ClusterConfig
  kubernetesNetworkConfig:
    ipFamily: ipv6
    serviceIPv4CIDR: 10.100.0.0/16
    #                ^^^^^^^^^^^^^ service IPv4 CIDR is not supported with IPv6: remove it, EKS chooses one
  iam:
    withOIDC: false
    #         ^^^^^ oidc needs to be enabled if IPv6 is set: write iam.withOIDC: true
  addons: [{name: vpc-cni}, {name: coredns}, {name: kube-proxy}]
  ---
  apiVersion: eksctl.io/v1alpha5
  kind: ClusterConfig
  kubernetesNetworkConfig:
    ipFamily: DualStack
    #         ^^^^^^^^^ invalid value "DualStack" for ipFamily; allowed are IPv4 and IPv6
`;

accepts("what eksctl documents, IPv4, and a ClusterConfig of k0s")`
  apiVersion: eksctl.io/v1alpha5
  kind: ClusterConfig
  kubernetesNetworkConfig: {ipFamily: IPv6}
  iam: {withOIDC: true}
  addons: [{name: vpc-cni}, {name: coredns}, {name: kube-proxy}, {name: aws-ebs-csi-driver}]
  ---
  apiVersion: eksctl.io/v1alpha5
  kind: ClusterConfig
  kubernetesNetworkConfig: {ipFamily: IPv4, serviceIPv4CIDR: 10.100.0.0/16}
  ---
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  kubernetesNetworkConfig: {ipFamily: IPv6}
`;

reports("a NAT gateway, which takes IPv4 only")`
  apiVersion: eksctl.io/v1alpha5
  kind: ClusterConfig
  kubernetesNetworkConfig: {ipFamily: IPv6}
  iam: {withOIDC: true}
  addons: [{name: vpc-cni}, {name: coredns}, {name: kube-proxy}]
  vpc:
    nat: {gateway: Single}
   #^^^ setting NAT is not supported with IPv6: remove it
`;
