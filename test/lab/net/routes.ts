import type { Family } from "../options.ts";
import type { LabPlan, NodePlan } from "../plan.ts";

/** The families that a node has a range of pods in. */
export function rangesOf({ podCidr }: NodePlan): Family[] {
  return (["IPv4", "IPv6"] as const).filter((family) => podCidr[family] !== undefined);
}

/** Routes to the other nodes' pods straight through their node addresses. */
export function directRoutes(plan: LabPlan, node: NodePlan, protocol = ""): string[] {
  const others = plan.nodes.filter((other) => other.index !== node.index);
  return others.flatMap((other) =>
    rangesOf(other).map(
      (family) => `route add ${other.podCidr[family]} via ${other.addresses[family]} dev eth0${protocol}`,
    ),
  );
}
