import type { Family } from "../addresses/address.ts";
import { isHeadlessSelectorless, namedFamilies, serviceFields } from "../kinds/service.ts";
import { fact, type KnownFact } from "../lint/fact.ts";
import type { Resource } from "../manifest/resource.ts";

export interface ServiceFact {
  /** The families the manifest names, in its order. */
  readonly families: readonly Family[];
  /** undefined if none is written. */
  readonly policy: string | undefined;
  readonly type: string | undefined;
  readonly headless: boolean;
  /** It has one family whatever the cluster: the first one named, or the primary one. */
  readonly single: boolean;
  /** undefined if a template may bring one. */
  readonly selector: boolean | undefined;
}

export const services = fact(["Service"], (resource): ServiceFact | undefined => {
  if (resource.group !== "") return undefined;
  const fields = serviceFields(resource);
  const { type, headless, selector, policy } = fields;
  const families = namedFamilies(fields).filter((family) => family !== undefined);
  const single = policy ? policy.text === "SingleStack" : !resource.partial && !isHeadlessSelectorless(fields);
  return { families, policy: policy ? (policy.text ?? "") : undefined, type, headless, single, selector };
});

/** Services that ask for both families, be it only where there are both. */
export const dualStackServices = fact(["Service"], (service): true | undefined => {
  if (service.group !== "") return undefined;
  const fields = serviceFields(service);
  const asks = fields.policy?.text === "PreferDualStack" || fields.policy?.text === "RequireDualStack";
  return asks || namedFamilies(fields).length === 2 ? true : undefined;
});

/** Written in the same namespace, as far as the manifests say. */
export function sameNamespace(known: KnownFact<unknown>, resource: Resource): boolean {
  return (known.namespace ?? "default") === (resource.namespace ?? "default");
}
