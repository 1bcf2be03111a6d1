import { familyOf } from "../addresses/address.ts";
import type { SceneNode } from "./scene.ts";

/** The one IPv4 address that a kubelet with an external cloud provider was given; undefined where it was given none, or both families. */
export function givenNodeIP({ object }: SceneNode): string | undefined {
  const told = object.metadata.annotations?.["alpha.kubernetes.io/provided-node-ip"] ?? "";
  return familyOf(told) === "IPv4" ? told : undefined;
}
