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
            #     ^^^^ ::/0 matches no IPv4 address; 0.0.0.0/0 needs exceptions of its own: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, your prefixes
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

accepts("what another policy, or another spec, of the same endpoints adds")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: a, namespace: shop}
  spec: {endpointSelector: {matchLabels: {app: web}}, egress: [{toCIDR: ["::/0"], toPorts: [{ports: [{port: "443"}]}]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {endpointSelector: {matchLabels: {app: web}}, egress: [{toCIDR: ["0.0.0.0/0"], toPorts: [{ports: [{port: "443", protocol: ANY}]}]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: c, namespace: books}
  specs:
    - {endpointSelector: {}, ingress: [{fromCIDR: ["::/0"]}]}
    - {endpointSelector: {}, ingress: [{fromCIDR: ["0.0.0.0/0"]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: d, namespace: quay}
  spec: {endpointSelector: {matchLabels: {app: web}}, egress: [{toCIDR: ["::/0"]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: e, namespace: quay}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
`;

accepts("what a policy for the whole cluster adds")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: a, namespace: shop}
  spec: {endpointSelector: {matchLabels: {app: web}}, egress: [{toCIDR: ["::/0"]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  metadata: {name: b}
  spec: {endpointSelector: {}, egress: [{toCIDRSet: [{cidr: "0.0.0.0/0"}]}]}
`;

reports("what others leave out: one namespace for the whole cluster, other ports, and what is said there")`
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  metadata: {name: a}
  spec:
    endpointSelector: {}
    egress:
      - toCIDR:
          - "::/0"
          # ^^^^^^ 💡 ::/0 matches no IPv4 address; add 0.0.0.0/0, or the entity world for both
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {endpointSelector: {}, egress: [{toCIDR: ["0.0.0.0/0"]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  metadata: {name: c}
  spec:
    endpointSelector: {}
    egress:
      - {toCIDR: ["0.0.0.0/0"], toPorts: [{ports: [{port: "443"}]}]}
      - {toCIDR: ["0.0.0.0/0"], toPorts: [{ports: [{port: "0"}], rules: {http: [{path: /}]}}]}
`;
