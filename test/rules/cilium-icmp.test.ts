import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("cilium-icmp");

reports("a name of ICMPv6 without a family, and one of ICMP for IPv6")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields:
              - type: PacketTooBig
              #       ^^^^^^^^^^^^ 💡 ICMP type PacketTooBig not found in IPv4, the default: write family: IPv6
              - type: Timestamp
              #       ^^^^^^^^^ 💡 ICMP type Timestamp not found in IPv6: write family: IPv4
                family: IPv6
`;

reports("a number of ICMPv6 that is taken for IPv4")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    egress:
      - icmps:
          - fields:
              - {type: 128}
              #        ^^^ 💡 type 128 is ICMPv6, but without family: IPv6 it is taken for IPv4
`;

accepts("names and numbers of their family")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields:
              - {family: IPv6, type: PacketTooBig}
              - {family: IPv6, type: 128}
              - {type: EchoRequest}
              - {type: 8}
`;

fixes("by the family")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields:
              - {type: 128}
`.to`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields:
              - {type: 128, family: IPv6}
`;

reports("names that are of neither family")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields:
              - family: IPv6
                type: Foo
                #     ^^^ ICMP type Foo not found in IPv6: write a name as in EchoRequest, or the number
              - type: echo-request
                #     ^^^^^^^^^^^^ 💡 ICMP type echo-request not found in IPv4: write EchoRequest
`;

accepts("rare names, numbers in quotes and templates")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields:
              - {family: IPv6, type: DuplicateAddressRequestCodeSuffix}
              - {family: IPv6, type: "135"}
              - {family: IPv4, type: "{{ .type }}"}
              - {family: IPv4, type: $TYPE}
`;
