import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("network-policy-ignored-rules");

reports("egress rules that policyTypes leaves out")`
  kind: NetworkPolicy
  spec:
    policyTypes: [Ingress]
  # ^^^^^^^^^^^ 💡 the egress rules are ignored: policyTypes does not name Egress; add it
    egress:
      - to: [{ipBlock: {cidr: "::/0"}}]
`;

accepts("no policyTypes, both, an empty list of rules, and a type from a template")`
  kind: NetworkPolicy
  spec: {egress: [{}]}
---
  kind: NetworkPolicy
  spec: {policyTypes: [Ingress, Egress], egress: [{}]}
---
  kind: NetworkPolicy
  spec: {policyTypes: [Ingress], egress: []}
---
  kind: NetworkPolicy
  spec: {policyTypes: [Ingress, "{{ .type }}"], egress: [{}]}
`;

fixes("in a block sequence")`
  kind: NetworkPolicy
  spec:
    policyTypes:
      - Egress # out
    ingress: [{}]
`.to`
  kind: NetworkPolicy
  spec:
    policyTypes:
      - Egress # out
      - Ingress
    ingress: [{}]
`;
