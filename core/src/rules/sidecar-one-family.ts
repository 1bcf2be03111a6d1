import { familyOf } from "../addresses/address.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds, podMetadata } from "../manifest/resource.ts";

const annotation = "traffic.sidecar.istio.io/includeOutboundIPRanges";

export const rule: Rule = {
  summary: "Istio's sidecar takes traffic of one family alone",
  why: `With a list of ranges Istio redirects what goes to these to the sidecar, by iptables and ip6tables each from the ranges of its own family.
Without one of a family nothing of that family goes through the sidecar: no mutual TLS, no policy, no telemetry, and nobody is told. In the
values of Istio's chart it is \`global.proxy.includeIPRanges\`.`,
  source: "https://github.com/istio/istio/blob/master/tools/istio-iptables/pkg/capture/run.go",
  severity: "warning",
  kinds: [...podKinds, "HelmValues", "IstioOperator", "Istio"],
  mentions: [/include(?:Outbound)?IPRanges/],
  example: {
    cluster: "dual-v4",
    bad: pod("10.96.0.0/12"),
    good: pod("10.96.0.0/12,fd12:3456:789b::/112"),
  },

  *check(resource, world) {
    if (!clusterOf(world).startsWith("dual")) return;
    const field =
      resource.kind === "HelmValues"
        ? resource.get("global", "proxy", "includeIPRanges")
        : (resource.get("spec", "values", "global", "proxy", "includeIPRanges") ??
          podMetadata(resource)?.get("annotations", annotation));
    const families = (field?.text ?? "").split(",").map((part) => familyOf(part.trim().split("/")[0] ?? ""));
    if (!field?.text || families.includes(undefined) || new Set(families).size > 1) return;
    const missing = families[0] === "IPv4" ? "IPv6" : "IPv4";
    yield {
      at: field,
      message: `no ${missing} traffic goes through the sidecar: add the ${missing} ranges that should`,
    };
  },
};

function pod(ranges: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    ${annotation}: ${ranges}
spec:
  containers:
    - name: web
      image: ghcr.io/acme/web:1
`;
}
