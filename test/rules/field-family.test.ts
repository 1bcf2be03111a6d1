import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("field-family");

reports("IPv4 in a filter for IPv6")`
  apiVersion: projectcalico.org/v3
  kind: BGPFilter
  spec:
    exportV6: [{action: Accept, matchOperator: In, cidr: 10.0.0.0/8}]
    #                                                    ^^^^^^^^^^ failed to validate Field: CIDR because of Tag: netv6: 10.0.0.0/8 is IPv4
    importV4: [{action: Reject, matchOperator: In, cidr: "fd12:3456:789a::/48"}]
    #                                                    ^^^^^^^^^^^^^^^^^^^^^ failed to validate Field: CIDR because of Tag: netv4: fd12:3456:789a::/48 is IPv6
`;

reports("Felix addresses that are swapped")`
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    natOutgoingAddress: "fd12:3456:789a::1"
    #                   ^^^^^^^^^^^^^^^^^^^ natOutgoingAddress must be a valid IPv4 address: fd12:3456:789a::1 is IPv6
    deviceRouteSourceAddressIPv6: 10.0.0.1
    #                             ^^^^^^^^ deviceRouteSourceAddressIPv6 must be a valid IPv6 address: 10.0.0.1 is IPv4
`;

reports("Cilium's native routing CIDR of the other family")`
  kind: ConfigMap
  apiVersion: v1
  data:
    ipv6-native-routing-cidr: "10.244.0.0/16"
    #                         ^^^^^^^^^^^^^^^ ipv6-native-routing-cidr must be an IPv6 CIDR: 10.244.0.0/16 is IPv4
`;

reports("IPv4 as flannel's IPv6Network")`
  apiVersion: v1
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "10.245.0.0/16"}
      #                                                               ^^^^^^^^^^^^^^^ its reader takes an IPv6 CIDR only: 10.245.0.0/16 is IPv4
`;

reports("CIDRs to find a node's IPv6 address by that are IPv4")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      nodeAddressAutodetectionV6:
        cidrs: [10.0.0.0/8]
        #       ^^^^^^^^^^ must be an IPv6 CIDR: 10.0.0.0/8 is IPv4
`;

accepts("each in its own field")`
  apiVersion: projectcalico.org/v3
  kind: BGPFilter
  spec:
    exportV6: [{action: Accept, matchOperator: In, cidr: "fd12:3456:789a::/48"}]
    exportV4: [{action: Accept, matchOperator: In, cidr: 10.0.0.0/8}]
  ---
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    deviceRouteSourceAddress: 10.0.0.1
    deviceRouteSourceAddressIPv6: "fd12:3456:789a:ff::1"
`;
