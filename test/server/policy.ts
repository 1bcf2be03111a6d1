/** A manifest that one rule has something to say of. */
export const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - ipBlock:
            cidr: 0.0.0.0/0
`;

/** That rule. */
export const rule = "network-policy-ipv4-any";
