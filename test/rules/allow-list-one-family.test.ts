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
