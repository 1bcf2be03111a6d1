import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "NetworkPolicy that names both families",
  body: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: \${1:web}
spec:
  podSelector:
    matchLabels:
      app: \${2:web}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {}
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - {protocol: UDP, port: 53}
        - {protocol: TCP, port: 53}
    - to:
        - ipBlock: {cidr: 0.0.0.0/0}
        - ipBlock: {cidr: "::/0"}
`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};
