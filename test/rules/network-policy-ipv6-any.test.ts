import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("network-policy-ipv6-any");

reports("ingress from anywhere that begins at IPv6")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::/0"}
          #                 ^^^^^^ 💡 ::/0 matches no IPv4 address; add 0.0.0.0/0 to mean anywhere
`;

accepts("0.0.0.0/0 in another rule on the same ports, since rules add up")`
  kind: NetworkPolicy
  spec:
    ingress:
      - {ports: [{port: 80}], from: [{ipBlock: {cidr: "::/0"}}]}
      - {ports: [{port: 80}], from: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}]}
`;

accepts("a rule that is open to everybody")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: "::/0"}}]
      - {}
`;

accepts("a cluster that has no IPv4", { cluster: "v6" })`
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: "::/0"}}]
`;

accepts("an IPv4 except under it, which is the other mistake")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: "::/0", except: [10.0.0.0/8]}}]
`;

fixes("in a flow sequence")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::/0"} # all
`.to`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::/0"} # all
          - ipBlock:
              cidr: 0.0.0.0/0
`;

accepts("an IPv4 entry that is refused, or that a template writes")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: "::/0"}}, {ipBlock: {cidr: 0.0.0.0/33}}]
  ---
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::/0"}
          - {{ .Values.peer }}
`;

reports("beside an IPv6 entry that is refused")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::/0"}
          #                 ^^^^^^ 💡 ::/0 matches no IPv4 address; add 0.0.0.0/0 to mean anywhere
          - ipBlock: {cidr: "fd00::/129"}
`;
