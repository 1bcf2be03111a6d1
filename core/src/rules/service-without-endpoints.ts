import { type SliceFact, slices } from "../facts/endpoints.ts";
import { serviceFields } from "../kinds/service.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";
import { absent } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A Service without selector, and no EndpointSlice for it",
  why: `Without a selector nobody fills in endpoints: the Service has an address of each family and answers on none. Add a
selector, or an EndpointSlice per family with the label \`kubernetes.io/service-name\`.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
  severity: "warning",
  codes: ["SVC037"],
  kinds: ["Service"],
  groups: [""],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  ports:
    - port: 5432
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  selector:
    app: ledger
  ports:
    - port: 5432
`,
  },

  *check(service, world) {
    const { headless, selector, type } = serviceFields(service);
    if (headless || selector !== false || type === "ExternalName" || service.get("spec")?.type !== "map") return;
    if (world.completed || isFilledElsewhere(service)) return;
    // The API server writes the slice of its own Service.
    if (service.name === "kubernetes" && (service.namespace ?? "default") === "default") return;
    if (world.digest(slices, namesOf).has(`${service.namespace ?? "default"}/${service.name}`)) return;
    yield {
      at: absent(service, "spec", "selector"),
      message: "no selector and no EndpointSlice for it: nothing answers; add one of them",
    };
  },
};

/**
 * Another cluster's endpoints answer: Cilium's Cluster Mesh adds them to a global Service, Linkerd writes those of a mirrored one.
 * {@link https://docs.cilium.io/en/stable/network/clustermesh/services/}
 * {@link https://linkerd.io/2/reference/multicluster/}
 */
function isFilledElsewhere(service: Resource): boolean {
  const of = (part: string, key: string) => service.get("metadata", part, key)?.text;
  return (
    of("annotations", "service.cilium.io/global") === "true" ||
    of("annotations", "io.cilium/global-service") === "true" ||
    of("labels", "mirror.linkerd.io/mirrored-service") === "true"
  );
}

/** The Services that somebody has written endpoints for: looked up, since a folder may hold thousands. */
function namesOf(all: readonly KnownFact<SliceFact>[]): ReadonlySet<string> {
  return new Set(all.map(({ namespace, value: { service } }) => `${namespace ?? "default"}/${service}`));
}
