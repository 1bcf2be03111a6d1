import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("kind-subnets");

reports("another family, two of one family, and one of two")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    ipFamily: ipv6
    podSubnet: 10.244.0.0/16
    #          ^^^^^^^^^^^^^ expected IPv6 CIDR for IPv6 family; change one of them
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    ipFamily: dual
    podSubnet: 10.0.0.0/16,10.1.0.0/16
    #          ^^^^^^^^^^^^^^^^^^^^^^^ expected one (IPv4 or IPv6) CIDR or two CIDRs from each family for dual-stack networking
    serviceSubnet: fd00::/112
    #              ^^^^^^^^^^ dual, but only IPv6 here; add an IPv4 CIDR
`;

accepts("what fits, and a family that does not exist, which is another rule's")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking: {ipFamily: dual, podSubnet: "10.0.0.0/16,fd00::/56"}
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking: {podSubnet: 10.0.0.0/16}
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking: {ipFamily: IPv6, podSubnet: 10.0.0.0/16}
`;

fixes("by ipFamily: dual where it is left out")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    podSubnet: 10.0.0.0/16,fd00::/56 # pods
`.to`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    podSubnet: 10.0.0.0/16,fd00::/56 # pods
    ipFamily: dual
`;

reports("two families for pods and one for Services, which no ipFamily fits")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    podSubnet: 10.0.0.0/16,fd00::/56
    #          ^^^^^^^^^^^^^^^^^^^^^ only one CIDR allowed for single-stack networking; set ipFamily: dual for both
    serviceSubnet: 10.96.0.0/16
`;
