import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubeadm-subnets");

reports("two prefixes of one family, and three")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd00:1::/56,fd00:2::/56
    #          ^^^^^^^^^^^^^^^^^^^^^^^ expected one (IPv4 or IPv6) CIDR or two CIDRs from each family for dual-stack networking; both are IPv6
    serviceSubnet: 10.0.0.0/16,fd00:3::/112,10.1.0.0/16
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected one (IPv4 or IPv6) CIDR or two CIDRs from each family for dual-stack networking; these are 3
`;

accepts("one, one of each in any order, and what cannot be read, which is another rule's")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00:1::/56,10.0.0.0/16", serviceSubnet: "10.1.0.0/16,nonsense,10.2.0.0/16"}
`;
