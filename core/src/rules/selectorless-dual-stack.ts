import { otherFamily } from "../addresses/address.ts";
import { slices } from "../facts/endpoints.ts";
import { usualClusterOf } from "../facts/service-ranges.ts";
import { sameNamespace } from "../facts/services.ts";
import { namedFamilies, serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A dual-stack Service without selector has EndpointSlices of one family",
  why: `An EndpointSlice holds one family. A dual-stack Service without a selector needs one of each: its cluster IP of the
family that is left out refuses connections.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  severity: "warning",
  codes: ["X011"],
  kinds: ["Service"],
  mentions: [/ipFamil|clusterIPs/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-4
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv4
endpoints: [{addresses: [10.8.1.5]}]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-4
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv4
endpoints: [{addresses: [10.8.1.5]}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-6
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv6
endpoints: [{addresses: ["fd12:3456:789a:1::5"]}]
`,
  },

  *check(service, world) {
    const fields = serviceFields(service);
    if (fields.selector !== false || fields.type === "ExternalName") return;
    // A headless Service that has both by default only may well be meant for the family of its slices.
    const asks = fields.policy !== undefined || namedFamilies(fields).length === 2;
    if (!asks || serviceFamiliesOf(fields, usualClusterOf(world))?.length !== 2) return;
    const own = world
      .all(slices)
      .filter((known) => known.value.service === service.name && sameNamespace(known, service));
    const types = [...new Set(own.map(({ value }) => value.addressType))];
    const [only] = types;
    if (types.length !== 1 || (only !== "IPv4" && only !== "IPv6")) return;
    const place = fields.families[0] ?? fields.policy ?? fields.clusterIPs[0];
    const missing = otherFamily(only);
    yield {
      at: place && under(service.spell(["spec", "ipFamilies"]), place),
      message: `dual-stack, but its EndpointSlices are all ${only}; add one with addressType: ${missing}`,
    };
  },
};
