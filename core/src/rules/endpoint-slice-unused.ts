import { clusterOf, servicesLack } from "../facts/service-ranges.ts";
import { type ServiceFact, sameNamespace, services } from "../facts/services.ts";
import { asFamily, primaryOf } from "../kinds/service.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A slice of a family that its Service does not have",
  why: `kube-proxy works per family: it gives the slices of IPv6 to the IPv6 cluster IP. Where the Service has none, the slice
is never looked at. Make the Service dual-stack, or take the slice away.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/",
  severity: "warning",
  codes: ["EPS008"],
  kinds: ["EndpointSlice"],
  groups: ["discovery.k8s.io"],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  ipFamilies: [IPv4]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-6
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv6
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-6
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv6
`,
  },

  *check(slice, world) {
    const type = slice.get("addressType");
    const family = asFamily(type?.text);
    const name = slice.get("metadata", "labels", "kubernetes.io/service-name")?.text;
    if (!family || !name) return;
    const known = (world.digest(services, byName).get(name) ?? []).filter((service) => sameNamespace(service, slice));
    // A name that several files use says nothing on which of them is meant.
    const [service] = known;
    if (!service || known.length > 1 || !service.value.single) return;
    const has = service.value.families[0] ?? primaryOf(clusterOf(world));
    if (!has || has === family) return;
    const remedy = servicesLack(world, family) ? "drop this slice" : "make it dual-stack or drop this slice";
    yield { at: type, message: `never used: Service ${name} is ${has} only; ${remedy}` };
  },
};

/** Looked up, since a folder may hold thousands. */
function byName(
  all: readonly KnownFact<ServiceFact>[],
): ReadonlyMap<string | undefined, readonly KnownFact<ServiceFact>[]> {
  return Map.groupBy(all, ({ name }) => name);
}
