import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ingress-nginx-trusted-ranges");

reports("both keys, in the ConfigMap and in the chart's values")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: ingress-nginx-controller}
  data:
    whitelist-source-range: 10.0.0.0/8, 192.168.0.0/16
    #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^ only IPv4 ranges: every IPv6 client gets 403; add their IPv6 ranges
  ---
  controller:
    config:
      proxy-real-ip-cidr: "0.0.0.0/0"
      #                   ^^^^^^^^^^^ only IPv4 ranges: over IPv6 the balancer is taken for the client; add its IPv6 range
`;

accepts("both families, a template, another program's ConfigMap")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: ingress-nginx-controller}
  data:
    whitelist-source-range: 10.0.0.0/8,fd12:3456:789a::/48
    proxy-real-ip-cidr: "{{ ranges }}"
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: app}
  data: {real-ip: 10.0.0.0/8}
`;

accepts("where there is no IPv6", { cluster: "v4" })`
  apiVersion: v1
  kind: ConfigMap
  data: {proxy-real-ip-cidr: 0.0.0.0/0}
`;
