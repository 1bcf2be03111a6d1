import { type Family, familyOf, otherFamily } from "../addresses/address.ts";
import type { Shape } from "../addresses/shape.ts";
import type { Resource } from "../manifest/resource.ts";

/** The families a Service gets, the primary one first, or why the API server refuses it. */
export type Families = { readonly families: readonly Family[] } | { readonly refused: string };

/**
 * What the API server makes of a Service's families on a cluster that serves `primary`, and the other family as well if
 * it is dual-stack. {@link https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/registry/core/service/storage/alloc.go}
 * (initIPFamilyFields). undefined for a Service without addresses of its own, and where the manifest does not say enough.
 */
export function serviceFamilies(service: Resource, shape: Exclude<Shape, "unknown">): Families | undefined {
  const spec = service.get("spec");
  if (service.kind !== "Service" || service.partial || !spec || spec.get("type")?.text === "ExternalName")
    return undefined;
  const primary: Family = shape.endsWith("v6") ? "IPv6" : "IPv4";
  const served: readonly Family[] = shape.startsWith("dual") ? [primary, otherFamily(primary)] : [primary];
  const asked = askedFor(service);
  const selectorless = isHeadless(service) && (spec.get("selector")?.entries().length ?? 0) === 0;
  const policy =
    spec.get("ipFamilyPolicy")?.text ?? (selectorless && asked.length < 2 ? "RequireDualStack" : undefined);
  if (asked.length > 1 && (policy === "SingleStack" || (policy === undefined && !selectorless)))
    return { refused: "two families need PreferDualStack or RequireDualStack" };
  // Nothing is allocated for a headless Service without selector: any family may be named, on any cluster.
  if (!selectorless) {
    const missing = asked.find((family) => !served.includes(family));
    if (missing) return { refused: `${missing} is not configured on this cluster` };
    if (policy === "RequireDualStack" && served.length < 2) return { refused: "the cluster is not dual-stack" };
  }
  const [first = primary] = asked;
  if (asked.length > 1) return { families: asked };
  const both = policy === "RequireDualStack" || (policy === "PreferDualStack" && (selectorless || served.length > 1));
  return { families: both ? [first, otherFamily(first)] : [first] };
}

/** What a Service becomes on every shape of cluster, as a Markdown table; a sentence where it is the same on all of them. */
export function familiesTable(service: Resource): string | undefined {
  const gets = shapes.flatMap(([shape, title]) => {
    const families = serviceFamilies(service, shape);
    return families ? [{ title, says: said(families) }] : [];
  });
  const alike = [...Map.groupBy(gets, ({ says }) => says)];
  const [only] = alike;
  if (only === undefined) return undefined;
  if (alike.length === 1) return refusedOnEvery(service) ?? `On every cluster: ${only[0]}.`;
  const rows = alike.map(([says, on]) => `| ${on.map(({ title }) => title).join("; ")} | ${says} |`);
  return ["| on a cluster | this Service gets |", "|---|---|", ...rows].join("\n");
}

/** "Refused on every cluster: ..." */
export function refusedOnEvery(service: Resource): string | undefined {
  const why = shapes.map(([shape]) => {
    const families = serviceFamilies(service, shape);
    return families && "refused" in families ? families.refused : undefined;
  });
  const [first] = why;
  return first !== undefined && why.every((one) => one === first) ? `Refused on every cluster: ${first}.` : undefined;
}

const shapes = [
  ["dual-v4", "dual-stack, IPv4 first"],
  ["dual-v6", "dual-stack, IPv6 first"],
  ["v4", "IPv4 only"],
  ["v6", "IPv6 only"],
] as const;

function said(families: Families): string {
  return "refused" in families ? `refused: ${families.refused}` : families.families.join(", then ");
}

function isHeadless(service: Resource): boolean {
  return (service.get("spec", "clusterIP") ?? service.get("spec", "clusterIPs", 0))?.text === "None";
}

/** The families written, or those of the addresses written. */
function askedFor(service: Resource): Family[] {
  const named = service.get("spec", "ipFamilies")?.items() ?? [];
  if (named.length > 0) return named.flatMap(({ text }) => (text === "IPv4" || text === "IPv6" ? [text] : []));
  const addresses = service.get("spec", "clusterIPs")?.items() ?? [service.get("spec", "clusterIP") ?? []].flat();
  return addresses.flatMap(({ text }) => familyOf(text ?? "") ?? []);
}
