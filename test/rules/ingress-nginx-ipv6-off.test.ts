import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ingress-nginx-ipv6-off");

reports("the switches in the chart's values, and addresses of one family", { cluster: "v6" })`
  controller:
    config:
      disable-ipv6: "true"
      #             ^^^^^^ 💡 nginx does not listen on IPv6, and this cluster has IPv6: write "false"
      disable-ipv6-dns: "true"
      #                 ^^^^^^ 💡 nginx asks for no AAAA records, and this cluster has IPv6: write "false"
      bind-address: 0.0.0.0
      #             ^^^^^^^ nginx listens on these IPv4 addresses alone: add [::], or leave it out
`;

accepts("a cluster of IPv4 alone", { cluster: "v4" })`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: ingress-nginx-controller}
  data: {disable-ipv6: "true"}
`;

accepts("both families, and another's ConfigMap", { cluster: "v6" })`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: ingress-nginx-controller}
  data: {disable-ipv6: "false", bind-address: "0.0.0.0,[::]"}
`;
