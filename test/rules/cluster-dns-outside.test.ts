import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cluster-dns-outside");

reports("an address of the pods' range, and one of a family that Services do not have")`
  cluster-cidr: 10.42.0.0/16,2001:cafe:42::/56
  service-cidr: 10.43.0.0/16,2001:cafe:43::/112
  cluster-dns: 10.43.0.10,2001:cafe:42::a
  #                       ^^^^^^^^^^^^^^^ no Service can have 2001:cafe:42::a: write an address of the Services' range
  ---
  machine: {kubelet: {clusterDNS: [10.96.0.10]}}
  #                                ^^^^^^^^^^ no Service can have 10.96.0.10: write an address of the Services' range
  cluster: {network: {serviceSubnets: ["fd12:3456:789b::/112"]}}
`;

accepts("addresses of the range, a cache on the node, and a file that does not say the range")`
  service-cidr: 10.43.0.0/16,2001:cafe:43::/112
  cluster-dns: 10.43.0.10,2001:cafe:43::a
  ---
  machine: {kubelet: {clusterDNS: [169.254.116.108]}}
  cluster: {network: {serviceSubnets: ["fd12:3456:789b::/112"]}}
  ---
  cluster-cidr: 10.42.0.0/16
  cluster-dns: 10.43.0.10
`;
