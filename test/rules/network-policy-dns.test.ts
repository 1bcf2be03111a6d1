import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-dns");

reports("egress to pods of the namespace only")`
  kind: NetworkPolicy
  spec:
    policyTypes: [Egress]
    egress:
  # ^^^^^^ 💡 no egress rule lets DNS out; add UDP and TCP 53 to kube-dns
      - to:
          - podSelector: {matchLabels: {app: db}}
`;

reports("egress to IPv6 alone, where DNS may have an IPv4 address")`
  kind: NetworkPolicy
  spec:
    egress:
  # ^^^^^^ 💡 no egress rule lets DNS out; add UDP and TCP 53 to kube-dns
      - to:
          - ipBlock: {cidr: "::/0"}
`;

reports("another port, and DNS over TCP alone is no DNS either")`
  kind: NetworkPolicy
  spec:
    egress:
  # ^^^^^^ 💡 no egress rule lets DNS out; add UDP and TCP 53 to kube-dns
      - ports: [{protocol: TCP, port: 443}, {protocol: TCP}]
`;

accepts("::/0 where DNS has an IPv6 address", { cluster: "v6" })`
  kind: NetworkPolicy
  spec:
    egress:
      - to: [{ipBlock: {cidr: "::/0"}}]
`;

accepts("a rule for port 53, one for a range that holds it, an open rule, and nothing let out on purpose")`
  kind: NetworkPolicy
  spec:
    egress: [{ports: [{protocol: UDP, port: 53}]}]
---
  kind: NetworkPolicy
  spec:
    egress: [{ports: [{protocol: UDP, port: 1, endPort: 1024}]}]
---
  kind: NetworkPolicy
  spec:
    egress: [{}]
---
  kind: NetworkPolicy
  spec:
    policyTypes: [Egress]
    egress: []
`;

accepts("DNS that another policy lets out for every pod of the namespace")`
  kind: NetworkPolicy
  metadata: {name: web, namespace: shop}
  spec:
    podSelector: {matchLabels: {app: web}}
    egress: [{to: [{podSelector: {}}]}]
---
  kind: NetworkPolicy
  metadata: {name: dns, namespace: shop}
  spec:
    podSelector: {}
    egress: [{to: [{namespaceSelector: {}}], ports: [{protocol: UDP, port: 53}]}]
`;

accepts("egress rules that policyTypes leaves out")`
  kind: NetworkPolicy
  spec:
    policyTypes: [Ingress]
    egress: [{to: [{podSelector: {}}]}]
`;

reports("port 53 of TCP alone, which is what a port is without a protocol")`
  kind: NetworkPolicy
  spec:
    policyTypes: [Egress]
    egress:
   #^^^^^^ 💡 no egress rule lets DNS out; add UDP and TCP 53 to kube-dns
      - ports: [{port: 53}]
`;

accepts("what another policy lets out, which selects these pods among more")`
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: hub}}
    policyTypes: [Egress]
    egress: [{ports: [{protocol: UDP, port: 53}]}]
  ---
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: hub, release: r}}
    policyTypes: [Egress]
    egress: [{to: [{podSelector: {}}]}]
`;

accepts("what another policy lets out for pods that may be these")`
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: hub, release: r}}
    policyTypes: [Egress]
    egress: [{ports: [{protocol: UDP, port: 53}]}]
  ---
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: hub}}
    policyTypes: [Egress]
    egress:
      - to: [{podSelector: {}}]
`;

accepts("a policy for each label of a pod, DNS among these, and a block of one address, which may be the server's")`
  kind: NetworkPolicy
  metadata: {name: to-networks, namespace: garden}
  spec:
    podSelector: {matchLabels: {to-networks: allowed}}
    policyTypes: [Egress]
    egress: [{to: [{ipBlock: {cidr: 10.20.0.0/24}}]}]
  ---
  kind: NetworkPolicy
  metadata: {name: to-dns, namespace: garden}
  spec:
    podSelector: {matchLabels: {to-dns: allowed}}
    policyTypes: [Egress]
    egress: [{ports: [{protocol: UDP, port: 53}]}]
  ---
  kind: NetworkPolicy
  metadata: {name: to-node, namespace: shop}
  spec:
    podSelector: {}
    policyTypes: [Egress]
    egress: [{to: [{ipBlock: {cidr: 172.18.255.53/32}}, {ipBlock: {cidr: 172.18.0.0/24}}]}]
`;

reports("DNS that is let out of pods which are surely others")`
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    policyTypes: [Egress]
    egress:
  # ^^^^^^ 💡 no egress rule lets DNS out; add UDP and TCP 53 to kube-dns
      - to: [{ipBlock: {cidr: 10.20.0.0/24}}]
  ---
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: api}}
    policyTypes: [Egress]
    egress: [{ports: [{protocol: UDP, port: 53}]}]
`;

accepts("a policy of Gardener's, which lets pods with one label reach one thing")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: allow-to-kind-network}
  spec:
    podSelector: {matchLabels: {networking.gardener.cloud/to-kind-network: allowed}}
    egress: [{to: [{ipBlock: {cidr: 172.18.0.0/24}}]}]
    policyTypes: [Egress]
`;
