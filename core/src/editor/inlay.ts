import { parsePrefix } from "../addresses/address.ts";
import { addressFields } from "../literals/address-fields.ts";
import type { Document } from "../manifest/document.ts";
import type { Resource } from "../manifest/resource.ts";
import { sizeHint } from "./hover/address.ts";

/** A few words behind a value that the manifest leaves unsaid. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown */
  readonly tooltip?: string;
}

/** How large prefixes are, and what a Service becomes that does not say. */
export function inlayHints({ resources }: Document): InlayHint[] {
  return resources
    .flatMap((resource) => [...defaultPolicy(resource), ...sizes(resource)])
    .sort((a, b) => a.offset - b.offset);
}

function defaultPolicy(resource: Resource): InlayHint[] {
  const spec = resource.get("spec");
  if (resource.kind !== "Service" || resource.group !== "" || !spec || !resource.lacks("spec", "ipFamilyPolicy"))
    return [];
  if (spec.get("type")?.text === "ExternalName") return [];
  const headless = spec.get("clusterIP")?.text === "None";
  const dual = headless && !spec.has("selector");
  return [
    {
      offset: spec.key.end + 1,
      label: dual ? "ipFamilyPolicy: RequireDualStack (default)" : "ipFamilyPolicy: SingleStack (default)",
      tooltip: dual
        ? "A headless Service without selector gets both families on every cluster."
        : "One family: the cluster's primary one, unless `ipFamilies` names the other.",
    },
  ];
}

function sizes(resource: Resource): InlayHint[] {
  return addressFields(resource).flatMap(({ path, field, text, end }) => {
    const prefix = path.holds === "ip" ? undefined : parsePrefix(text);
    // 0.0.0.0/0 and single addresses say themselves how much they are.
    if (!prefix || prefix.length === 0 || prefix.length >= (prefix.address.family === "IPv6" ? 128 : 32)) return [];
    const place = field.within(0, end);
    return [{ offset: path.separator === undefined ? field.end : place.end, label: sizeHint(prefix) }];
  });
}
