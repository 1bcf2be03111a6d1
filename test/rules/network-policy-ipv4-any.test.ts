import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("network-policy-ipv4-any");

reports("egress to anywhere that stops at IPv4")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock:
              cidr: 0.0.0.0/0
              #     ^^^^^^^^^ 💡 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
`;

reports("an except list, whose IPv6 counterpart cannot be guessed")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}
            #               ^^^^^^^^^ 0.0.0.0/0 matches no IPv6 address; ::/0 needs exceptions of its own: fc00::/7, fe80::/10, your prefixes
`;

accepts("::/0 in a sibling entry, since entries add up")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0}
          - ipBlock: {cidr: "::/0"}
`;

fixes("by adding ::/0 beside it, comments untouched")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: # the world
              cidr: 0.0.0.0/0 # all of it
          - podSelector: {}
`.to`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: # the world
              cidr: 0.0.0.0/0 # all of it
          - ipBlock:
              cidr: ::/0
          - podSelector: {}
`;

reports("beside a narrower IPv6 prefix, which is not anywhere")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: "fd00:1::/48"}
          - ipBlock: {cidr: 0.0.0.0/0}
          #                 ^^^^^^^^^ 💡 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
`;

reports("::/0 on another port only")`
  kind: NetworkPolicy
  spec:
    egress:
      - {ports: [{port: 443}], to: [{ipBlock: {cidr: "::/0"}}, {ipBlock: {cidr: 0.0.0.0/0}}]}
      - {ports: [{port: 80}], to: [{ipBlock: {cidr: 0.0.0.0/0}}]}
      #                                             ^^^^^^^^^ 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
`;

accepts("all of global unicast, and ::/0 in a rule without ports")`
  kind: NetworkPolicy
  spec:
    egress:
      - to: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "2000::/3"}}]
    ingress:
      - {ports: [{port: 80}], from: [{ipBlock: {cidr: 0.0.0.0/0}}]}
      - from: [{ipBlock: {cidr: "::/0"}}]
`;

accepts("IPv6 entries that are refused, or that a template writes: nobody knows what they will be")`
  kind: NetworkPolicy
  spec:
    ingress:
      - {ports: [{port: 1}], from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "::/129"}}]}
      - {ports: [{port: 2}], from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "::"}}]}
      - {ports: [{port: 3}], from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: ::/0}}]}
  ---
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: 0.0.0.0/0}
          {{- range .Values.extra }}
          - ipBlock: {cidr: {{ . | quote }}}
          {{- end }}
  ---
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock:
              cidr: 0.0.0.0/0
          {{- with .Values.extra }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
        ports: [{port: 80}]
`;

reports("a template that writes nothing among the peers, and an IPv4 entry that is refused")`
  kind: NetworkPolicy
  metadata:
    labels:
      {{- include "labels" . | nindent 4 }}
  spec:
    {{- if .Values.open }}
    ingress:
      - from:
          - ipBlock: {cidr: 10.0.0/8}
          - ipBlock: {cidr: 0.0.0.0/0}
          #                 ^^^^^^^^^ 💡 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
    {{- end }}
    podSelector:
      {{- include "selector" . | nindent 4 }}
`;

accepts("the same ports of the other family, however they are spelled and parted")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: 0.0.0.0/0}}]
        ports: [{port: 443}, {port: 8000, endPort: 8010}, {port: web}]
      - from: [{ipBlock: {cidr: "::/0"}}]
        ports: [{port: web, protocol: TCP}]
      - from: [{ipBlock: {cidr: "::/0"}}]
        ports: [{protocol: TCP, port: 8000, endPort: 9000}, {protocol: TCP, port: 443, endPort: 443}]
`;

reports("another protocol, and ports that the other family has some of only")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: 0.0.0.0/0}}]
      #                         ^^^^^^^^^ 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
        ports: [{port: 53}]
      - from: [{ipBlock: {cidr: "::/0"}}]
        ports: [{port: 53, protocol: UDP}]
    egress:
      - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
      #                       ^^^^^^^^^ 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
        ports: [{port: 80}, {port: 443}]
      - to: [{ipBlock: {cidr: "::/0"}}]
        ports: [{port: 443}]
`;

accepts("ranges of ports that add up, and all ports spelled in two ways")`
  kind: NetworkPolicy
  spec:
    egress:
      - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
        ports: [{port: 80, endPort: 90}]
      - to: [{ipBlock: {cidr: "::/0"}}]
        ports: [{port: 80, endPort: 85}, {port: 86, endPort: 90}]
    ingress:
      - from: [{ipBlock: {cidr: 0.0.0.0/0}}]
        ports: [{protocol: TCP}, {port: web}]
      - from: [{ipBlock: {cidr: "::/0"}}]
        ports: [{port: 1, endPort: 65535}]
`;

reports("all of IPv4 in two halves")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: 0.0.0.0/1}
          - ipBlock: {cidr: 128.0.0.0/1}
          #                 ^^^^^^^^^^^ 💡 all of IPv4 matches no IPv6 address; add ::/0 to mean anywhere
`;

accepts("both halves of both families, and one half")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: 0.0.0.0/1}
          - ipBlock: {cidr: 128.0.0.0/1}
          - ipBlock: {cidr: "::/1"}
          - ipBlock: {cidr: "8000::/1"}
    egress:
      - to: [{ipBlock: {cidr: 128.0.0.0/1}}]
`;

accepts("what another policy of the same pods adds: policies are a union")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: a, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web, tier: front}}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {podSelector: {matchLabels: {tier: front, app: web}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: c, namespace: books}
  spec:
    podSelector: {matchLabels: {app: api}}
    policyTypes: [Egress]
    egress: [{to: [{ipBlock: {cidr: "0.0.0.0/0"}}], ports: [{port: 443}]}]
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: d, namespace: books}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0"}}], ports: [{port: 400, endPort: 500}]}]}
`;

accepts("what a policy of Cilium or Calico for the same pods adds")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: a, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {endpointSelector: {matchLabels: {"k8s:app": web}}, ingress: [{fromCIDR: ["::/0"]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: c, namespace: books}
  spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata: {name: d, namespace: books}
  spec: {selector: "app == 'web'", ingress: [{action: Allow, source: {nets: ["::/0"]}}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: e, namespace: quay}
  spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: f}
  spec: {selector: all(), ingress: [{action: Allow, ipVersion: 6}]}
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
              cidr: "0.0.0.0/0"
              #     ^^^^^^^^^^^ 💡 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere
        ports: [{port: 443}, {port: 8443}]
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: b, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web, tier: front}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: c, namespace: shop}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: d, namespace: books}
  spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: e, namespace: shop}
  spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}], ports: [{port: 443}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: f}
  spec: {ingress: [{action: Deny}, {action: Allow, source: {nets: ["::/0"]}}]}
`;
