import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("except-one-family");

reports("private networks kept out over IPv4 alone")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: web}
  spec:
    podSelector: {}
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}
          - ipBlock: {cidr: "::/0"}
          #                 ^^^^^^ ::/0 has none of the exceptions of 0.0.0.0/0: except fc00::/7, fe80::/10 and your prefixes
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: web}
  spec:
    endpointSelector: {}
    egress:
      - toCIDRSet:
          - {cidr: 0.0.0.0/0, except: [192.168.0.0/16]}
          - cidr: ::/0
          #       ^^^^ ::/0 has none of the exceptions of 0.0.0.0/0: except fc00::/7, fe80::/10 and your prefixes
`;

accepts("exceptions of its own, exceptions that are one host's, two rules on other ports, IPv4 alone")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: web}
  spec:
    podSelector: {}
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}
          - ipBlock: {cidr: "::/0", except: ["fd12:3456:789a::/48"]}
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}
          - ipBlock: {cidr: "::/0"}
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}
        ports: [{port: 443}]
      - to:
          - ipBlock: {cidr: "::/0"}
        ports: [{port: 53}]
`;

reports("Cilium's Deny of private networks of IPv4 beside ::/0")`
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  metadata: {name: out}
  spec:
    endpointSelector: {}
    egress:
      - toCIDR:
          - 0.0.0.0/0
          - ::/0
          # ^^^^ egressDeny keeps pods from no IPv6 network that ::/0 lets in: deny fc00::/7, fe80::/10 and your prefixes
    egressDeny:
      - toCIDR: [10.0.0.0/8, 172.16.0.0/12]
`;

accepts("Cilium's Deny of both families, one for some ports alone, and one of hosts that are no private network")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: out}
  specs:
    - endpointSelector: {}
      egress: [{toCIDR: [0.0.0.0/0, "::/0"]}]
      egressDeny: [{toCIDR: [10.0.0.0/8, "fc00::/7"]}]
    - endpointSelector: {}
      egress: [{toCIDR: [0.0.0.0/0, "::/0"]}]
      egressDeny: [{toCIDR: [10.0.0.0/8], toPorts: [{ports: [{port: "22"}]}]}]
    - endpointSelector: {}
      egress: [{toCIDR: [0.0.0.0/0, "::/0"]}]
      egressDeny: [{toCIDR: [169.254.169.254/32]}]
    - endpointSelector: {}
      egress: [{toCIDR: ["::/0"]}]
      egressDeny: [{toCIDR: [10.0.0.0/8]}]
`;
