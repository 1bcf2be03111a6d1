import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ingress-nginx-source-range");

reports("IPv4 ranges alone, under either name")`
  kind: Ingress
  metadata:
    annotations:
      nginx.ingress.kubernetes.io/allowlist-source-range: 10.0.0.0/8, 192.168.1.1
      #                                                   ^^^^^^^^^^^^^^^^^^^^^^^ only IPv4 ranges: every IPv6 client gets 403; add their IPv6 ranges
`;

accepts("both families, and what cannot be read")`
  kind: Ingress
  metadata:
    annotations:
      nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8,fd00::/8
      nginx.ingress.kubernetes.io/allowlist-source-range: ""
`;

accepts("a cluster that has no IPv6", { cluster: "v4" })`
  kind: Ingress
  metadata:
    annotations:
      nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8
`;

reports("HAProxy's list")`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    annotations: {haproxy.org/allow-list: "10.0.0.0/8,192.168.0.0/16"}
    #                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ only IPv4 ranges: every IPv6 client gets 403; add their IPv6 ranges
`;
