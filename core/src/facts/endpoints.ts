import { fact } from "../lint/fact.ts";

export interface SliceFact {
  /** By the label kubernetes.io/service-name. */
  readonly service: string | undefined;
  readonly addressType: string | undefined;
}

/** EndpointSlices, and Endpoints objects, which are mirrored into slices under the same name. */
export const slices = fact(["EndpointSlice", "Endpoints"], (resource): SliceFact | undefined => {
  if (resource.kind === "Endpoints") return { service: resource.name, addressType: undefined };
  return {
    service: resource.get("metadata", "labels", "kubernetes.io/service-name")?.text,
    addressType: resource.get("addressType")?.text,
  };
});
