import type { Family } from "../address.ts";
import { fact, type Known } from "../fact.ts";
import type { Resource } from "../manifest/resource.ts";
import { namedFamilies, serviceFields } from "../service.ts";

export interface ServiceFact {
  /** The families the manifest names, in its order. */
  readonly families: readonly Family[];
  /** undefined if none is written. */
  readonly policy: string | undefined;
  readonly type: string | undefined;
  readonly headless: boolean;
  /** undefined if a template may bring one. */
  readonly selector: boolean | undefined;
}

export const services = fact(["Service"], (resource): ServiceFact | undefined => {
  if (resource.group !== "") return undefined;
  const fields = serviceFields(resource);
  const { type, headless, selector, policy } = fields;
  const families = namedFamilies(fields).filter((family) => family !== undefined);
  return { families, policy: policy ? (policy.text ?? "") : undefined, type, headless, selector };
});

/** Written in the same namespace, as far as the manifests say. */
export function sameNamespace(known: Known<unknown>, resource: Resource): boolean {
  return (known.namespace ?? "default") === (resource.namespace ?? "default");
}
