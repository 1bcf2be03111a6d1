import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("cilium-policy-ipv6-any");

reports("::/0 alone, as a prefix and as a set")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    egress:
      - toCIDR: ["::/0"]
        #        ^^^^^^ 💡 ::/0 matches no IPv4 address; add 0.0.0.0/0, or the entity world for both
    ingress:
      - fromCIDRSet:
          - cidr: ::/0
            #     ^^^^ ::/0 matches no IPv4 address; add 0.0.0.0/0, or the entity world for both
            except: ["fd00::/8"]
`;

accepts("0.0.0.0/0 in either list, the entity world, a rule without ports, narrower prefixes, and what is denied")`
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  specs:
    - egress: [{toCIDR: ["::/0"], toCIDRSet: [{cidr: 0.0.0.0/0}]}]
    - egress: [{toCIDR: ["::/0"], toEntities: [world-ipv4]}]
    - egress: [{toCIDR: ["::/0"], toPorts: [{}]}, {toEntities: [world]}]
    - ingress: [{fromCIDR: ["fd00::/8"]}]
    - ingressDeny: [{fromCIDR: ["::/0"]}]
`;

accepts("::/0 on a cluster without IPv4", { cluster: "v6" })`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec: {egress: [{toCIDR: ["::/0"]}]}
`;

fixes("in a set without except")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    egress:
      - toCIDRSet:
          - cidr: ::/0 # out
`.to`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    egress:
      - toCIDRSet:
          - cidr: ::/0 # out
          - cidr: 0.0.0.0/0
`;

accepts("an exception of the other family, which is to be mended first")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec: {egress: [{toCIDRSet: [{cidr: "::/0", except: [10.0.0.0/8]}]}]}
`;
