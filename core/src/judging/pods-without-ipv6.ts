import type { Case } from "./cause.ts";
import type { ScenePod } from "./scene.ts";

/** The pods of the scene that the API shows without an IPv6 address, and the failures of dialling them or from them. */
export function podsWithoutIPv6({ scene, failures }: Case): { pods: ScenePod[]; explains: string[] } {
  const pods = scene.pods.filter(({ ips, hostNetwork }) => !ips.IPv6 && !hostNetwork);
  const explains = failures
    .filter(({ flow, name }) => [flow?.from, flow?.toPod, name?.from].some((pod) => pod && pods.includes(pod)))
    .map(({ id }) => id);
  return { pods, explains };
}

/** The nodes have pod ranges, and none of them is IPv6; a CNI with its own address management leaves them empty. */
export function rangesAreIPv4({ scene }: Case): boolean {
  const ranges = scene.allNodes.flatMap(({ podCIDRs }) => podCIDRs);
  return ranges.length > 0 && !ranges.some((range) => range.includes(":"));
}
