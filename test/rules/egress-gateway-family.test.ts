import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("egress-gateway-family");

reports("an IPv4 address for IPv6 destinations, and an IPv6 address for IPv4 ones")`
  apiVersion: cilium.io/v2
  kind: CiliumEgressGatewayPolicy
  metadata: {name: web}
  spec:
    destinationCIDRs: ["fd1b:9a5c:7e07::/48", "::/0"]
    egressGateway:
      egressIP: 10.0.0.5
      #         ^^^^^^^^ no destination is IPv4, so nothing leaves from this address: write an address of IPv6
---
  apiVersion: cilium.io/v2
  kind: CiliumEgressGatewayPolicy
  metadata: {name: old}
  spec:
    destinationCIDRs: [0.0.0.0/0]
    egressGateways:
      - egressIP: fd1b:9a5c:7e07::5
        #         ^^^^^^^^^^^^^^^^^ no destination is IPv6, so nothing leaves from this address: write an address of IPv4
`;

accepts("what fits, destinations of both families, an interface, and templates")`
  apiVersion: cilium.io/v2
  kind: CiliumEgressGatewayPolicy
  metadata: {name: a}
  spec: {destinationCIDRs: [0.0.0.0/0], egressGateway: {egressIP: 10.0.0.5}}
---
  apiVersion: cilium.io/v2
  kind: CiliumEgressGatewayPolicy
  metadata: {name: b}
  spec: {destinationCIDRs: [0.0.0.0/0, "::/0"], egressGateway: {egressIP: 10.0.0.5}}
---
  apiVersion: cilium.io/v2
  kind: CiliumEgressGatewayPolicy
  metadata: {name: c}
  spec: {destinationCIDRs: ["::/0"], egressGateway: {interface: eth0}}
---
  apiVersion: cilium.io/v2
  kind: CiliumEgressGatewayPolicy
  metadata: {name: d}
  spec: {destinationCIDRs: ["::/0"], egressGateway: {egressIP: "\${EGRESS_IP}"}}
`;
