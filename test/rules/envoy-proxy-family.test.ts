import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("envoy-proxy-family");

reports("nothing said, where there is IPv6 beside IPv4", { cluster: "dual-v4" })`
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: EnvoyProxy
  metadata: {name: a}
  spec:
    provider: {type: Kubernetes}
#   ^^^^^^^^ without ipFamily nothing answers over IPv6; write ipFamily: DualStack
`;

reports("IPv4 where there is none", { cluster: "v6" })`
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: EnvoyProxy
  metadata: {name: a}
  spec:
    ipFamily: IPv4
    #         ^^^^ listeners on IPv4 only, and this cluster has IPv6 only; write IPv6
`;

accepts("a family that is named, and another group's object", { cluster: "v6" })`
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: EnvoyProxy
  metadata: {name: a}
  spec: {ipFamily: DualStack}
  ---
  apiVersion: example.org/v1
  kind: EnvoyProxy
  spec: {a: b}
`;

accepts("a cluster that nobody knows")`
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: EnvoyProxy
  spec: {a: b}
`;

reports("a word that is none of the three, and a Service that gets more than Envoy serves")`
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: EnvoyProxy
  metadata: {name: a}
  spec:
    ipFamily: Dualstack
    #         ^^^^^^^^^ 💡 Unsupported value: "Dualstack": supported values: "IPv4", "IPv6", "DualStack"
  ---
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: EnvoyProxy
  metadata: {name: b}
  spec:
    ipFamily: IPv4
    #         ^^^^ the Service has both families, and Envoy listens on IPv4 alone: write ipFamily: DualStack
    provider:
      type: Kubernetes
      kubernetes: {envoyService: {patch: {value: {spec: {ipFamilyPolicy: RequireDualStack}}}}}
`;
