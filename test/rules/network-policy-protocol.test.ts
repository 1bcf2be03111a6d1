import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("network-policy-protocol");

reports("a protocol in small letters")`
  kind: NetworkPolicy
  spec:
    ingress:
      - ports:
          - {protocol: tcp, port: 443}
          #            ^^^ 💡 Unsupported value: "tcp": supported values: "TCP", "UDP", "SCTP"
`;

reports("ICMPv6, which has no capitals that would help")`
  kind: NetworkPolicy
  spec:
    egress:
      - ports:
          - protocol: ICMPv6
          #           ^^^^^^ Unsupported value: "ICMPv6": supported values: "TCP", "UDP", "SCTP"; a rule without ports lets ICMP through
`;

accepts("the three protocols, none, and one from a template")`
  kind: NetworkPolicy
  spec:
    ingress:
      - ports: [{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}, {port: 80}, {protocol: "{{ .p }}"}]
`;

fixes("by capitals, in the quotes there are")`
  kind: NetworkPolicy
  spec:
    ingress:
      - ports: [{protocol: 'udp', port: 53}] # dns
`.to`
  kind: NetworkPolicy
  spec:
    ingress:
      - ports: [{protocol: 'UDP', port: 53}] # dns
`;
