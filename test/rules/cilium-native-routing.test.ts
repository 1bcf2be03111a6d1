import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cilium-native-routing");

reports("native routing without the range, in today's and in older words")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    enable-ipv6-masquerade: "true"
    routing-mode: "native"
    #             ^^^^^^^^ native routing cidr must be configured with option --ipv6-native-routing-cidr: add the range of the pods
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    enable-ipv6-masquerade: "true"
    tunnel: "disabled"
    #       ^^^^^^^^^^ native routing cidr must be configured with option --ipv6-native-routing-cidr: add the range of the pods
`;

accepts("a tunnel, no masquerading, no IPv6, the range, the masquerade agent")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", enable-ipv6-masquerade: "true", routing-mode: tunnel}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", enable-ipv6-masquerade: "false", routing-mode: native}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "false", enable-ipv6-masquerade: "true", routing-mode: native}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", enable-ipv6-masquerade: "true", routing-mode: native, ipv6-native-routing-cidr: "fd12:3456:789a::/48"}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", enable-ipv6-masquerade: "true", routing-mode: native, enable-ip-masq-agent: "true"}
`;

accepts("a patch, which says only what it changes")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    {{ include "common" . }}
    enable-ipv6: "true"
    enable-ipv6-masquerade: "true"
    routing-mode: "native"
`;

reports("native routing that masquerades by default")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    routing-mode: native
    #             ^^^^^^ native routing cidr must be configured with option --ipv6-native-routing-cidr: add the range of the pods
    ipv4-native-routing-cidr: 10.0.0.0/8
`;

accepts("the default with the range, with the agent, without IPv6, and from a time of other keys")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", routing-mode: native, ipv6-native-routing-cidr: "fd12:3456:789a::/48"}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", routing-mode: native, enable-ip-masq-agent: "true"}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {routing-mode: native}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "true", tunnel: disabled, masquerade: "false"}
`;
