import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("plan-service-range");

reports("an IPv6 range larger than any version takes")`
  cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
  service-cidr: 10.43.0.0/16,fd12:3456:789b::/48
  #                          ^^^^^^^^^^^^^^^^^^^ 💡 shortest allowed prefix length for service CIDR is 64; a /112 fits every version
`;

accepts("a /64 from 1.34 on, and a /108 before")`
  service-cidr: 10.43.0.0/16,fd12:3456:789b::/64
`;

reports("a /64 before 1.34, in both families", { kubernetes: 33 })`
  cluster: {network: {podSubnets: [10.244.0.0/16, "fd12:3456:789a::/56"], serviceSubnets: [10.0.0.0/8, "fd12:3456:789b::/64"]}}
  #                                                                                        ^^^^^^^^^^ 💡 specified service range is too large; for 32-bit addresses, the mask must be >= 12
  #                                                                                                     ^^^^^^^^^^^^^^^^^^^ 💡 specified service range is too large; for 128-bit addresses, the mask must be >= 108
`;

reports("what kubeadm refuses in every version, without a length that would cut the address")`
  apiVersion: cluster.x-k8s.io/v1beta1
  kind: Cluster
  spec:
    clusterNetwork:
      services:
        cidrBlocks: ["fd12:3456:789b:5::1/64"]
        #             ^^^^^^^^^^^^^^^^^^^^^^ specified service range is too large; for 128-bit addresses, the mask must be >= 108
`;

fixes("with a /112")`
  clusterSvcNets: [10.96.0.0/12, "fd12:3456:789b::/48"] # both
`.to`
  clusterSvcNets: [10.96.0.0/12, "fd12:3456:789b::/112"] # both
`;
