import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ovn-network-subnets");

const nad = (subnets: string, topology = "layer3") => `
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"cniVersion":"1.0.0","name":"t","type":"ovn-k8s-cni-overlay","topology":"${topology}","subnets":"${subnets}"}'`;

reports(
  "in a NetworkAttachmentDefinition, what is no prefix, no /64 a node, and no room",
)`${nad("10:100:200::0/48/64,10.1.0.0")}
    #                                                                                                                         ^^^^^^^^ CIDR "10.1.0.0" not properly formatted; write address/length
---${nad("10.1.0.0/24/24,fd12:3456:789a::/48/80")}
    #                                                                                                     ^^^^^^^^^^^^^^ a node's /24 has no room in a /24: write a shorter prefix for the network
    #                                                                                                                    ^^^^^^^^^^^^^^^^^^^^^^ IPv6 only supports /64 host subnets; write 64 and not 80
---${nad("10.1.0.0/24/24", "layer2")}
    #                                                                                                     ^^^^^^^^^^^^^^ CIDR "10.1.0.0/24/24" not properly formatted; write address/length
`;

reports("in objects, two of one family and the length of a node's")`
  apiVersion: k8s.ovn.org/v1
  kind: UserDefinedNetwork
  spec:
    topology: Layer2
    layer2:
      subnets: [10.1.0.0/16, 10.2.0.0/16]
      #                      ^^^^^^^^^^^ when 2 CIDRs are set, they must be from different IP families; both are IPv4
---
  apiVersion: k8s.ovn.org/v1
  kind: ClusterUserDefinedNetwork
  spec:
    network:
      topology: Layer3
      layer3:
        subnets:
          - {cidr: "fd12:3456:789a::/64", hostSubnet: 64}
          #                                           ^^ a node's /64 has no room in a /64: write a shorter prefix for the network
          - {cidr: 10.1.0.0/16, hostSubnet: 24}
`;

accepts("one of each family")`${nad("10.1.0.0/16/24,fd12:3456:789a::/48/64")}
---${nad("10.1.0.0/16,fd12:3456:789a::/64", "layer2")}
---
  apiVersion: k8s.ovn.org/v1
  kind: UserDefinedNetwork
  spec:
    layer3:
      subnets:
        - {cidr: "fd12:3456:789a::/48", hostSubnet: 64}
        - cidr: 10.1.0.0/16
`;
