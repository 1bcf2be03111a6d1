import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("network-policy-link-local");

reports("link-local sources of either family, and IPv6 targets")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "fe80::/10"}
          #                 ^^^^^^^^^^^ 💡 fe80::/10 is link-local, which is never forwarded to a pod; remove it
          - ipBlock: {cidr: 169.254.0.0/16}
          #                 ^^^^^^^^^^^^^^ 💡 169.254.0.0/16 is link-local, which is never forwarded to a pod; remove it
    egress:
      - to:
          - ipBlock: {cidr: "fe80::1/128"}
          #                 ^^^^^^^^^^^^^ fe80::1/128 is link-local, which is never forwarded to a pod; remove it
`;

accepts("the metadata service as a target, and prefixes that hold more")`
  kind: NetworkPolicy
  spec:
    egress:
      - to: [{ipBlock: {cidr: 169.254.169.254/32}}, {ipBlock: {cidr: "fe00::/7"}}]
`;

fixes("by removing the peer, unless it is the only one")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock:
              cidr: fe80::/10
          - podSelector: {} # friends
`.to`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - podSelector: {} # friends
`;
