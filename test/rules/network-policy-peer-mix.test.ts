import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-peer-mix");

reports("a selector beside a block")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - namespaceSelector: {}
            ipBlock: {cidr: "fd00::/8"}
          # ^^^^^^^ may not specify both ipBlock and another peer; make namespaceSelector a peer of its own
`;

accepts("them as two peers, and both selectors in one")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "fd00::/8"}
          - {podSelector: {}, namespaceSelector: {}}
`;
