import type { Family } from "../addresses/address.ts";
import {
  isConsistent,
  isHeadlessSelectorless,
  lacksDualPolicy,
  namedFamilies,
  serviceFields,
} from "../kinds/service.ts";
import { fact } from "../lint/fact.ts";

/** A Service that the API server refuses on a cluster without one of these families. */
export interface WantedFamilies {
  readonly name: string;
  readonly families: readonly Family[];
}

/** Of a Service that names families, by itself or by its addresses, or requires two. */
export const wantedFamilies = fact<WantedFamilies>(
  ["Service"],
  (service) => {
    const fields = serviceFields(service);
    if (service.group !== "" || fields.type === "ExternalName" || !isConsistent(fields)) return undefined;
    if (isHeadlessSelectorless(fields) || lacksDualPolicy(service, undefined)) return undefined;
    const named = namedFamilies(fields).filter((family) => family !== undefined);
    const families: readonly Family[] = fields.policy?.text === "RequireDualStack" ? ["IPv4", "IPv6"] : named;
    return families.length > 0 ? { name: service.name ?? "without a name", families } : undefined;
  },
  /RequireDualStack|ipFamilies|clusterIP/,
);
