import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("masked-cidr");

reports("host bits in a pool")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::1/56
    #     ^^^^^^^^^^^^^^^^^^^^ 💡 IPPool CIDR must be strictly masked: write fd12:3456:789a::/56
`;

reports("host bits in a rule and in what BGP announces")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    egress:
      - action: Allow
        destination:
          nets: [10.0.0.7/8, "fd12:3456:789a::7/48"]
          #      ^^^^^^^^^^ 💡 failed to validate Field: Nets because of Tag: net: write 10.0.0.0/8
          #                  ^^^^^^^^^^^^^^^^^^^^^^ 💡 failed to validate Field: Nets because of Tag: net: write fd12:3456:789a::/48
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPConfiguration
  spec:
    serviceClusterIPs:
      - cidr: fd12:3456:789b::1/108
      #       ^^^^^^^^^^^^^^^^^^^^^ 💡 invalid CIDR: write fd12:3456:789b::/108
`;

reports("host bits in the subnet of host-local")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"bridge","ipam":{"type":"host-local","ranges":[[{"subnet":"fd12:3456:789e::1/64"}]]}}'
    #                                                                          ^^^^^^^^^^^^^^^^^^^^^^ 💡 Network has host bits set: write fd12:3456:789e::/64
`;

accepts("networks, and sets of networks, which may hold anything")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkSet
  spec:
    nets: [10.1.2.3/8, "fd12:3456:789a::5"]
`;

accepts("an IPPool of somebody else")`
  apiVersion: whereabouts.cni.cncf.io/v1alpha1
  kind: IPPool
  spec:
    cidr: 10.0.0.5/16
`;

fixes("by the network, the rest of the line untouched")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: "fd12:3456:789a::1/56" # pods
`.to`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: "fd12:3456:789a::/56" # pods
`;

reports("host bits in a BGP filter")`
  apiVersion: projectcalico.org/v3
  kind: BGPFilter
  spec:
    exportV6:
      - cidr: fd12:3456:789a::5/48
      #       ^^^^^^^^^^^^^^^^^^^^ 💡 failed to validate Field: CIDR because of Tag: netv6: write fd12:3456:789a::/48
`;

reports("host bits in a prefix that BGP announces with communities")`
  apiVersion: projectcalico.org/v3
  kind: BGPConfiguration
  spec:
    prefixAdvertisements:
      - cidr: fd12:3456:789a::1/56
        #     ^^^^^^^^^^^^^^^^^^^^ 💡 invalid CIDR: write fd12:3456:789a::/56
        communities: ["64512:100"]
`;

accepts("a prefix that BGP announces with communities, and one address")`
  apiVersion: projectcalico.org/v3
  kind: BGPConfiguration
  spec:
    prefixAdvertisements:
      - {cidr: "fd12:3456:789a::/56", communities: ["64512:100"]}
      - {cidr: "fd12:3456:789a::1", communities: ["64512:100"]}
`;
