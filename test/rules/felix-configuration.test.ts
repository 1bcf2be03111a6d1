import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("felix-configuration");

reports("a field that is not there, and IPv6 for IPIP")`
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    mtu: 1440
   #^^^ unknown field "spec.mtu": write vxlanMTUV6 or wireguardMTUV6, or mtu in the Installation
    externalNodesList: [10.0.0.0/24, "fd12:3456:789a:ff::/64"]
    #                                ^^^^^^^^^^^^^^^^^^^^^^^^ has invalid IPv6 CIDR: IPIP tunnels to external nodes are IPv4 only
`;

accepts("fields that are there")`
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    vxlanMTUV6: 1430
    wireguardMTUV6: 1420
    externalNodesList: [10.0.0.0/24]
`;
