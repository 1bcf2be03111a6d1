import type { Edit } from "../manifest/edit.ts";
import type { Resource } from "../manifest/resource.ts";
import { isHeadlessSelectorless, serviceFields } from "./service.ts";

/** What makes a Service dual-stack that names no families; undefined where somebody has made a choice, or nothing is to be chosen. */
export interface DualStackOffer {
  readonly title: string;
  /** undefined among them: it cannot be written here. */
  readonly edits: readonly (Edit | undefined)[];
}

export function dualStackOffer(service: Resource): DualStackOffer | undefined {
  const spec = service.get("spec");
  if (service.kind !== "Service" || service.group !== "" || spec?.type !== "map") return undefined;
  const fields = serviceFields(service);
  if (!service.lacks("spec", "ipFamilyPolicy") || fields.families.length > 0 || fields.clusterIPs.length > 1)
    return undefined;
  if (fields.type === "ExternalName" || isHeadlessSelectorless(fields)) return undefined;
  return {
    title: "Make this Service dual-stack (ipFamilyPolicy: PreferDualStack)",
    edits: [spec.entries()[0]?.[1].insertBefore("ipFamilyPolicy: PreferDualStack")],
  };
}
