import type { LabPlan, NodePlan } from "../plan.ts";

/** Routes to the other nodes' pods straight through their node addresses. */
export function directRoutes(plan: LabPlan, node: NodePlan, protocol = ""): string[] {
  const others = plan.nodes.filter((other) => other.index !== node.index);
  return others.flatMap((other) =>
    plan.families.map(
      (family) => `route add ${other.podCidr[family]} via ${other.addresses[family]} dev eth0${protocol}`,
    ),
  );
}
