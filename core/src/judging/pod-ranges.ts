import { contains, familyOf, formatAddress, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Scene, SceneNode, ScenePod } from "./scene.ts";

/** Single ranges up to so many are written out; of more, the prefix that holds all. */
const mostRanges = 4;

/** The IPv6 ranges of the cluster's pods, for commands to copy; empty where the CNI keeps them to itself. */
export function podRanges({ allNodes }: Pick<Scene, "allNodes">): string[] {
  const ranges = [...new Set(allNodes.flatMap(({ podCIDRs }) => podCIDRs))].filter((cidr) => familyOf(cidr) === "IPv6");
  return ranges.length > mostRanges ? [common(ranges)] : ranges;
}

/** Whether a pod has an address out of its node's podCIDRs, as where the CNI gives pods theirs from those. */
export function inRangesOf({ ips }: ScenePod, { podCIDRs }: SceneNode): boolean {
  const ranges = podCIDRs.flatMap((range) => parsePrefix(range) ?? []);
  const own = Object.values(ips).flatMap((ip) => parseAddress(ip) ?? []);
  return own.some((address) => ranges.some((range) => contains(range, address)));
}

function common(ranges: readonly string[]): string {
  const prefixes = ranges.flatMap((range) => parsePrefix(range) ?? []);
  const bits = prefixes.map(({ address }) => address.value.toString(2).padStart(128, "0"));
  const shortest = Math.min(...prefixes.map(({ length }) => length));
  const [first = ""] = bits;
  let length = 0;
  while (length < shortest && bits.every((one) => one[length] === first[length])) length++;
  const value = BigInt(`0b${first.slice(0, length).padEnd(128, "0")}`);
  return `${formatAddress({ family: "IPv6", value })}/${length}`;
}
