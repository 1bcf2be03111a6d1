import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("istio-dual-stack");

reports("the control plane alone, and the proxies alone")`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: istiod}
  spec:
    values:
      pilot: {env: {ISTIO_DUAL_STACK: "true"}}
      #                               ^^^^^^ the proxies do not know of it: set it in meshConfig.defaultConfig.proxyMetadata, too
      meshConfig: {accessLogFile: /dev/stdout}
  ---
  apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  spec:
    meshConfig: {defaultConfig: {proxyMetadata: {ISTIO_DUAL_STACK: "true"}}}
    #                                                              ^^^^^^ istiod does not know of it: set it in pilot.env, too
    values: {pilot: {autoscaleMin: 1}}
`;

accepts("both, and one half of values whose other half stands elsewhere")`
  apiVersion: sailoperator.io/v1
  kind: Istio
  spec:
    values:
      meshConfig: {defaultConfig: {proxyMetadata: {ISTIO_DUAL_STACK: "true"}}}
      pilot: {ipFamilyPolicy: RequireDualStack, env: {ISTIO_DUAL_STACK: "true"}}
  ---
  pilot: {env: {ISTIO_DUAL_STACK: "true"}}
`;
