import type { SceneNode } from "./scene.ts";

/** Where flannel tells the other nodes of its device for IPv6. */
export const overlayAnnotation = "flannel.alpha.coreos.com/backend-v6-data";

/** The hardware address of a node's overlay device; undefined where nobody tells it. */
export function overlayMac({ object }: SceneNode): string | undefined {
  const data = object.metadata.annotations?.[overlayAnnotation] ?? "";
  return /"VtepMAC"\s*:\s*"([0-9a-f:]{17})"/i.exec(data)?.[1]?.toLowerCase();
}

/** Nodes that have it in common with another one. */
export function sharedOverlays(nodes: readonly SceneNode[]): SceneNode[] {
  const told = nodes.filter((node) => overlayMac(node) !== undefined);
  return told.filter((node) => told.some((other) => other !== node && overlayMac(other) === overlayMac(node)));
}
