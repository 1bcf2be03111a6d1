import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("allow-list-one-family");

reports("lists of Istio and Traefik")`
  apiVersion: security.istio.io/v1
  kind: AuthorizationPolicy
  spec:
    action: DENY
    rules: [{from: [{source: {notIpBlocks: [10.0.0.0/8, 192.168.0.0/16]}}]}]
    #                                       ^^^^^^^^^^ only IPv4 ranges: every IPv6 client is denied; add their IPv6 ranges
  ---
  apiVersion: security.istio.io/v1
  kind: AuthorizationPolicy
  spec:
    rules:
      - from: [{source: {remoteIpBlocks: [10.0.0.0/8]}}]
      #                                   ^^^^^^^^^^ only IPv4 ranges: every IPv6 client is refused; add their IPv6 ranges
      - from: [{source: {notRemoteIpBlocks: [10.0.0.5]}}]
      #                                      ^^^^^^^^ only IPv4 ranges: every IPv6 client is let in; add their IPv6 ranges
  ---
  apiVersion: traefik.io/v1alpha1
  kind: Middleware
  spec: {ipAllowList: {sourceRange: [10.0.0.0/8]}}
  #                                  ^^^^^^^^^^ only IPv4 ranges: every IPv6 client is refused; add their IPv6 ranges
`;

accepts("both families, a list of who is denied, IPv6 alone")`
  apiVersion: security.istio.io/v1
  kind: AuthorizationPolicy
  spec:
    action: DENY
    rules:
      - from: [{source: {notIpBlocks: [10.0.0.0/8, "fd12::/48"]}}]
      - from: [{source: {ipBlocks: [10.0.0.0/8]}}]
  ---
  apiVersion: traefik.io/v1alpha1
  kind: Middleware
  spec: {ipAllowList: {sourceRange: ["fd12::/48"]}}
`;

accepts("a cluster without IPv6", { cluster: "v4" })`
  apiVersion: traefik.io/v1alpha1
  kind: Middleware
  spec: {ipAllowList: {sourceRange: [10.0.0.0/8]}}
`;

reports("Contour's and Envoy Gateway's lists")`
  apiVersion: projectcontour.io/v1
  kind: HTTPProxy
  metadata: {name: x}
  spec:
    virtualhost:
      fqdn: a.example.org
      ipAllowPolicy:
        - {cidr: 10.0.0.0/8, source: Peer}
        #        ^^^^^^^^^^ only IPv4 ranges: every IPv6 client is refused; add their IPv6 ranges
  ---
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: SecurityPolicy
  metadata: {name: x}
  spec:
    authorization:
      defaultAction: Deny
      rules:
        - action: Allow
          principal: {clientCIDRs: [10.0.0.0/8]}
          #                         ^^^^^^^^^^ only IPv4 ranges: every IPv6 client is refused; add their IPv6 ranges
`;

accepts("rules that add up, that name nobody by address, or that let everybody else in")`
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: SecurityPolicy
  metadata: {name: a}
  spec:
    authorization:
      rules:
        - {action: Allow, principal: {clientCIDRs: [10.0.0.0/8]}}
        - {action: Allow, principal: {clientCIDRs: ["fd12:3456:789a::/48"]}}
  ---
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: SecurityPolicy
  metadata: {name: b}
  spec:
    authorization:
      rules:
        - {action: Allow, principal: {clientCIDRs: [10.0.0.0/8]}}
        - {action: Allow, principal: {jwt: {provider: a}}}
  ---
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: SecurityPolicy
  metadata: {name: c}
  spec:
    authorization:
      defaultAction: Allow
      rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]
`;

reports("of two lists that both have to hold the one that shuts out, and of a DENY none")`
  apiVersion: security.istio.io/v1
  kind: AuthorizationPolicy
  spec:
    rules:
      - from: [{source: {ipBlocks: [10.0.0.0/8], notIpBlocks: [10.0.0.5]}}]
      #                             ^^^^^^^^^^ only IPv4 ranges: every IPv6 client is refused; add their IPv6 ranges
  ---
  apiVersion: security.istio.io/v1
  kind: AuthorizationPolicy
  spec:
    action: DENY
    rules: [{from: [{source: {remoteIpBlocks: [10.0.0.0/8], notRemoteIpBlocks: [10.0.0.5]}}]}]
`;
