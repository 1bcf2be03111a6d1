import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-one-family");

const service = `
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec:
    selector: {app: web, tier: front}
    ipFamilyPolicy: PreferDualStack
    ports: [{port: 80}]
---`;

reports("IPv4 blocks alone in front of a dual-stack Service", { cluster: "dual-v4" })`${service}
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress:
  # ^^^^^^^ Service web is dual-stack, but only IPv4 peers are let in; add IPv6 blocks
      - from: [{ipBlock: {cidr: 10.0.0.0/8}}]
`;

reports("the same where nobody knows the cluster")`${service}
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress:
  # ^^^^^^^ Service web is dual-stack, but only IPv4 peers are let in; add IPv6 blocks
      - from: [{ipBlock: {cidr: 10.0.0.0/8}}]
`;

accepts("the same where the cluster has one family", { cluster: "v4" })`${service}
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress:
      - from: [{ipBlock: {cidr: 10.0.0.0/8}}]
`;

accepts("a selector, other pods, another namespace, 0.0.0.0/0", { cluster: "dual-v4" })`${service}
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress:
      - from: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {}}]
---
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: db}}
    ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
---
  kind: NetworkPolicy
  metadata: {namespace: other}
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
---
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`;

accepts("another policy that lets the other family in", { cluster: "dual-v4" })`${service}
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
---
  kind: NetworkPolicy
  spec:
    podSelector: {}
    ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]
`;

accepts("a Service that the cluster refuses", { cluster: "v4" })`
  kind: Service
  apiVersion: v1
  metadata: {name: web}
  spec: {selector: {app: web}, ipFamilyPolicy: RequireDualStack}
---
  kind: NetworkPolicy
  spec:
    podSelector: {matchLabels: {app: web}}
    ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
`;
