import { canonicalAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { SceneNode } from "../judging/scene.ts";

export function sceneNode(object: KubeObject): SceneNode {
  const addresses = (object.status?.addresses ?? []) as { type: string; address: string }[];
  return {
    name: object.metadata.name,
    internalIPs: addresses
      .filter(({ type }) => type === "InternalIP")
      .flatMap(({ address }) => canonicalAddress(address) ?? []),
    podCIDRs: object.spec?.podCIDRs ?? [],
    object,
  };
}

/** A node nobody may look up; a pod names it. */
export function bareNode(name: string): SceneNode {
  return { name, internalIPs: [], podCIDRs: [], object: { kind: "Node", metadata: { name } } };
}
