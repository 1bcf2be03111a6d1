import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cilium-masquerade");

reports("ULAs that leave as they are")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
    enable-ipv6-masquerade: "false"
    #                       ^^^^^^^ 💡 pods have ULAs and are not masqueraded: they reach nothing outside the network, turn it on
`;

accepts("a routed pool, masquerading, and IPv6 that is off")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {cluster-pool-ipv6-cidr: "2a00:1450:4001::/104", enable-ipv6-masquerade: "false"}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {cluster-pool-ipv6-cidr: "fd12:3456:789a::/104", enable-ipv6-masquerade: "true"}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "false", cluster-pool-ipv6-cidr: "fd12:3456:789a::/104", enable-ipv6-masquerade: "false"}
`;
