import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-except");

reports("an except of the other family")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::/0", except: [10.0.0.0/8]}
          #                                  ^^^^^^^^^^ must be a strict subset of \`cidr\`; IPv4 needs an ipBlock of its own
`;

reports("an except that is the cidr itself, and one outside")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock:
              cidr: fd00:1::/48
              except:
                - fd00:1::/48
                # ^^^^^^^^^^^ must be a strict subset of \`cidr\`; fd00:1::/48 does not lie inside fd00:1::/48
                - fd00:2::/64
                # ^^^^^^^^^^^ must be a strict subset of \`cidr\`; fd00:2::/64 does not lie inside fd00:1::/48
`;

accepts("a smaller prefix inside, and what cannot be read, which is another rule's")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "fd00:1::/48", except: ["fd00:1:0:5::/64", "nonsense"]}
          - ipBlock: {cidr: "nonsense", except: ["fd00:1:0:5::/64"]}
`;

accepts("an IPv4-mapped prefix inside an IPv4 block, which a rule of its own is about")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: 10.0.0.0/8, except: ["::ffff:10.1.0.0/112"]}
`;
