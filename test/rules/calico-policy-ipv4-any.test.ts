import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("calico-policy-ipv4-any");

reports("either direction")`
  apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata: {name: a, namespace: b}
  spec:
    selector: app == 'web'
    ingress:
      - action: Allow
        source: {nets: [0.0.0.0/0]}
        #               ^^^^^^^^^ 0.0.0.0/0 allows no IPv6 address; add a rule with ::/0, or leave nets out for anywhere
    egress:
      - action: Allow
        protocol: TCP
        destination:
          nets:
            - 0.0.0.0/0
            # ^^^^^^^^^ 0.0.0.0/0 allows no IPv6 address; add a rule with ::/0, or leave nets out for anywhere
          ports: [443]
`;

accepts("a rule for IPv6, one for anybody, one of another policy, a Deny, and a rule for IPv4 in name")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: a}
  spec:
    selector: app == 'web'
    ingress:
      - {action: Allow, source: {nets: [0.0.0.0/0]}}
      - {action: Allow, source: {nets: ["fd12:3456:789a::/48"]}}
    egress:
      - {action: Deny, destination: {nets: [0.0.0.0/0]}}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: b}
  spec:
    selector: app == 'db'
    egress:
      - {action: Allow, destination: {nets: [0.0.0.0/0]}}
      - {action: Allow, protocol: ICMPv6}
`;

accepts("where there is no IPv6", { cluster: "v4" })`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: a}
  spec:
    egress:
      - {action: Allow, destination: {nets: [0.0.0.0/0]}}
`;
