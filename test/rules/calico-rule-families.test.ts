import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-rule-families");

reports("both families in one rule")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec:
    egress:
      - action: Allow
        destination:
          nets: [10.0.0.0/8, "fd12:3456:789a::/48"]
          #                  ^^^^^^^^^^^^^^^^^^^^^ rule contains both IPv4 and IPv6 CIDRs: write one rule for each family
    ingress:
      - action: Allow
        source: {nets: [10.0.0.0/8]}
        destination: {nets: ["fd12:3456:789a::/48"]}
        #                    ^^^^^^^^^^^^^^^^^^^^^ rule contains both IPv4 and IPv6 CIDRs: write one rule for each family
`;

reports("an ipVersion that its nets or its protocol contradict")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    ingress:
      - action: Allow
        ipVersion: 6
        #          ^ 💡 rule IP version doesn't match CIDR version: its nets are IPv4
        source: {nets: [10.0.0.0/8]}
      - action: Allow
        ipVersion: 4
        #          ^ 💡 protocol ICMPv6 requires ipVersion 6
        protocol: ICMPv6
      - action: Allow
        ipVersion: 6
        #          ^ 💡 protocol ICMP requires ipVersion 4
        protocol: ICMP
`;

accepts("one rule for each family")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    ingress:
      - {action: Allow, source: {nets: [10.0.0.0/8]}}
      - {action: Allow, source: {nets: ["fd12:3456:789a::/48"]}}
      - {action: Allow, ipVersion: 6, protocol: ICMPv6, icmp: {type: 128}}
      - {action: Allow, ipVersion: 4, protocol: ICMP}
      - {action: Allow, ipVersion: 4, protocol: TCP}
`;

fixes("by the version of the protocol")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    ingress:
      - action: Allow
        ipVersion: 4 # wrong
        protocol: ICMPv6
`.to`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    ingress:
      - action: Allow
        ipVersion: 6 # wrong
        protocol: ICMPv6
`;

reports("a Deny, of which it cannot be told what it was to shut, without a fix")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    ingress:
      - action: Deny
        ipVersion: 6
        #          ^ rule IP version doesn't match CIDR version: its nets are IPv4
        source:
          nets: [0.0.0.0/0]
      - action: Deny
        ipVersion: 6
        #          ^ protocol ICMP requires ipVersion 4
        protocol: ICMP
`;
