import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("route-families");

reports("routes of Kube-OVN, Talos and nmstate")`
  apiVersion: kubeovn.io/v1
  kind: Vpc
  spec:
    staticRoutes:
      - {cidr: 10.0.0.0/8, nextHopIP: "fd12:3456:789a::1"}
      #                               ^^^^^^^^^^^^^^^^^^^ fd12:3456:789a::1 is IPv6, and the route to 10.0.0.0/8 is IPv4
---
  machine:
    network:
      interfaces:
        - interface: eth0
          routes:
            - {network: "::/0", gateway: 10.31.8.1}
            #                            ^^^^^^^^^ 10.31.8.1 is IPv4, and the route to ::/0 is IPv6
---
  apiVersion: nmstate.io/v1
  kind: NodeNetworkConfigurationPolicy
  spec:
    desiredState:
      routes:
        config:
          - {destination: "::/0", next-hop-address: 10.31.8.1}
          #                                         ^^^^^^^^^ 10.31.8.1 is IPv4, and the route to ::/0 is IPv6
`;

accepts("a gateway of the same family, none, and one that is filled in")`
  machine:
    network:
      interfaces:
        - routes: [{network: "::/0", gateway: "fe80::1"}, {gateway: 10.31.8.1}, {network: 10.0.0.0/8}]
---
  apiVersion: kubeovn.io/v1
  kind: Vpc
  spec: {staticRoutes: [{cidr: "::/0", nextHopIP: "\${GATEWAY}"}]}
`;
