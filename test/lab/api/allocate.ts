import type { ApiObject } from "../objects/object.ts";
import type { Family } from "../options.ts";
import { holds, parsePrefix, toText } from "./addresses.ts";
import { bad, type FieldProblem } from "./status.ts";

/** What decides a Service's addresses: the cluster's ranges, in the order of its families, and the addresses in use. */
export interface Ranges {
  cidrs: string[];
  taken: Set<string>;
  nodePorts: Set<number>;
}

/** Gives every family its clusterIP: the one asked for, if its range holds it, or the next that is free. */
export function allocate(spec: ApiObject["spec"], ranges: Ranges, refuse: (problems: FieldProblem[]) => void): void {
  if (spec.clusterIP === "None") {
    spec.clusterIPs = ["None"];
    return;
  }
  const asked: string[] = spec.clusterIPs ?? [];
  spec.clusterIPs = (spec.ipFamilies as Family[]).flatMap((family, index) => {
    const cidr = ranges.cidrs.find((each) => parsePrefix(each)?.family === family);
    const prefix = cidr === undefined ? undefined : parsePrefix(cidr);
    if (!prefix) {
      // PreferDualStack on a cluster of one family is content with it.
      if (spec.ipFamilyPolicy !== "PreferDualStack")
        refuse([bad(`spec.ipFamilies[${index}]`, family, "not configured on this cluster")]);
      return [];
    }
    const ip = asked[index];
    if (ip && !holds(prefix, ip))
      refuse([
        bad(
          "spec.clusterIPs",
          asked,
          `failed to allocate IP ${ip}: the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${cidr}`,
        ),
      ]);
    return [ip ?? nextFree(prefix.base, family, ranges.taken)];
  });
  spec.clusterIP = spec.clusterIPs[0];
}

/** NodePort and LoadBalancer Services get a port of the nodes for every port that asks for none. */
export function allocateNodePorts(spec: ApiObject["spec"], taken: Set<number>): FieldProblem[] {
  if (spec.type !== "NodePort" && spec.type !== "LoadBalancer") return [];
  return (spec.ports as { nodePort?: number }[]).flatMap((port, index) => {
    if (port.nodePort !== undefined && taken.has(port.nodePort))
      return [bad(`spec.ports[${index}].nodePort`, port.nodePort, "provided port is already allocated")];
    let next = 30_000;
    while (taken.has(next)) next++;
    port.nodePort ??= next;
    taken.add(port.nodePort);
    return [];
  });
}

/** The first free address after the lowest 256, which the API server too prefers to leave to those who ask for one. */
function nextFree(base: bigint, family: Family, taken: Set<string>): string {
  for (let offset = 0x101n; ; offset++) {
    const text = toText(base + offset, family);
    if (!taken.has(text)) return text;
  }
}
