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

reports("values of the chart that say so, alone and in a HelmRelease")`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cilium}
  spec:
    values:
      ipv6: {enabled: true}
      routingMode: native
      #            ^^^^^^ native routing cidr must be configured with option --ipv6-native-routing-cidr: add the range of the pods
`;

accepts("values to which others are added, and values without IPv6, with the range, or with masquerading off")`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cilium}
  spec:
    valuesFrom: [{kind: ConfigMap, name: more}]
    values: {ipv6: {enabled: true}, routingMode: native}
  ---
  routingMode: native
  ---
  routingMode: native
  ipv6: {enabled: true}
  ipv6NativeRoutingCIDR: fd12:3456:789a::/48
  ---
  cilium: {routingMode: native, enableIPv6Masquerade: false, ipv6: {enabled: true}}
`;
