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

accepts("what another policy of the same pods adds: policies are a union")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: a, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web, tier: front}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {podSelector: {matchLabels: {tier: front, app: web}}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: c, namespace: books}
  spec:
    podSelector: {matchLabels: {app: api}}
    policyTypes: [Egress]
    egress: [{to: [{ipBlock: {cidr: "::/0"}}], ports: [{port: 443}]}]
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: d, namespace: books}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "0.0.0.0/0"}}], ports: [{port: 400, endPort: 500}]}]}
`;

accepts("what a policy of Cilium or Calico for the same pods adds")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: a, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {endpointSelector: {matchLabels: {"k8s:app": web}}, ingress: [{fromCIDR: ["0.0.0.0/0"]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: c, namespace: books}
  spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata: {name: d, namespace: books}
  spec: {selector: "app == 'web'", ingress: [{action: Allow, source: {nets: ["0.0.0.0/0"]}}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: e, namespace: quay}
  spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: f}
  spec: {selector: all(), ingress: [{action: Allow, ipVersion: 4}]}
`;

reports("a union that leaves the other family out: other pods, namespace, direction or ports, and one that denies")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: a, namespace: shop}
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress:
      - from:
          - ipBlock:
              cidr: "::/0"
              #     ^^^^^^ 💡 ::/0 matches no IPv4 address; add 0.0.0.0/0 to mean anywhere
        ports: [{port: 443}, {port: 8443}]
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web, tier: front}}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: c, namespace: shop}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: d, namespace: books}
  spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: e, namespace: shop}
  spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}], ports: [{port: 443}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: f}
  spec: {ingress: [{action: Deny}, {action: Allow, source: {nets: ["0.0.0.0/0"]}}]}
`;
