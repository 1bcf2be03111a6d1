import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-policy-syntax");

reports("a Kubernetes policy under Calico's name")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec:
    selector:
   #^^^^^^^^ spec.selector in body must be of type string: "object"; write a text such as app == 'web'
      matchLabels:
        app: web
    egress:
      - to:
      # ^^ unknown field "spec.egress[0].to": write action and destination.nets
          - ipBlock:
              cidr: "::/0"
`;

reports("podSelector, from and ports")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    podSelector: {}
   #^^^^^^^^^^^ unknown field "spec.podSelector": write selector, a text such as app == 'web'
    ingress:
      - from:
      # ^^^^ unknown field "spec.ingress[0].from": write action and source.nets
          - podSelector: {}
        ports:
       #^^^^^ unknown field "spec.ingress[0].ports": write action and protocol with destination.ports
          - port: 80
`;

accepts("Calico's own syntax, and a Kubernetes policy")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec:
    selector: app == "web"
    egress:
      - action: Allow
        protocol: TCP
        destination: {nets: ["::/0"], ports: [443]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    podSelector: {}
    egress:
      - to: [{ipBlock: {cidr: "::/0"}}]
`;

reports("policyTypes, which is types here")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec:
    podSelector: {}
   #^^^^^^^^^^^ unknown field "spec.podSelector": write selector, a text such as app == 'web'
    policyTypes: [Egress]
   #^^^^^^^^^^^ 💡 unknown field "spec.policyTypes": write types
`;

accepts("types")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec: {selector: all(), types: [Egress]}
`;

fixes("the name of policyTypes")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec: {selector: all(), policyTypes: [Egress]}
`.to`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec: {selector: all(), types: [Egress]}
`;
