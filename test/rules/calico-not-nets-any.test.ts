import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("calico-not-nets-any");

reports("nothing left of a family")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec:
    ingress:
      - action: Allow
        source: {notNets: ["::/0"]}
        #                  ^^^^^^ catch-all CIDR in negation creates logical contradiction (matches no traffic): use ipVersion to choose a family
    egress:
      - action: Allow
        destination: {notNets: [10.0.0.0/8, 0.0.0.0/0]}
        #                                   ^^^^^^^^^ catch-all CIDR in negation creates logical contradiction (matches no traffic): use ipVersion to choose a family
`;

accepts("something left, and the whole of a family in nets")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  spec:
    ingress:
      - action: Allow
        source: {nets: ["::/0"], notNets: ["fd12:3456:789a::/48"]}
`;
