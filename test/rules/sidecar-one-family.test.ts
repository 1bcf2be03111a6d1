import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("sidecar-one-family");

const deployment = (ranges: string) => `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web}
  spec:
    selector: {matchLabels: {app: web}}
    template:
      metadata:
        labels: {app: web}
        annotations:
          traffic.sidecar.istio.io/includeOutboundIPRanges: ${ranges}
      spec: {containers: [{name: web, image: ghcr.io/acme/web:1}]}
`;

reports("ranges of IPv4 in a cluster of two families", { cluster: "dual-v6" })`
  apiVersion: v1
  kind: Pod
  metadata:
    name: web
    annotations:
      traffic.sidecar.istio.io/includeOutboundIPRanges: 10.96.0.0/12, 10.0.0.0/8
      #                                                 ^^^^^^^^^^^^^^^^^^^^^^^^ no IPv6 traffic goes through the sidecar: add the IPv6 ranges that should
  spec: {containers: [{name: web, image: ghcr.io/acme/web:1}]}
`;

accepts("both families, everything, nothing, and a template", { cluster: "dual-v4" })`${[
  "10.96.0.0/12,fd1b:9a5c:7e07::/112",
  '"*"',
  '""',
  '"{{ .Values.ranges }}"',
]
  .map(deployment)
  .join("---")}`;
accepts("a cluster of one family", { cluster: "v4" })`${deployment("10.96.0.0/12")}`;
accepts("one that nobody knows")`${deployment("10.96.0.0/12")}`;

reports("ranges of one family for all sidecars, in the values of Istio's chart", { cluster: "dual-v4" })`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: istiod}
  spec:
    values:
      global:
        proxy:
          includeIPRanges: 10.96.0.0/12
          #                ^^^^^^^^^^^^ no IPv6 traffic goes through the sidecar: add the IPv6 ranges that should
`;
