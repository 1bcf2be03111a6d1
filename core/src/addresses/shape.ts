import { type Family, otherFamily } from "./address.ts";

/** Which families a cluster serves, its primary family first: "dual-v6" gives a Service that asks for nothing IPv6. */
export type Shape = "dual-v4" | "dual-v6" | "v4" | "v6" | "unknown";

export const shapes: readonly Shape[] = ["dual-v4", "dual-v6", "v4", "v6", "unknown"];

/** The families of a shape, the primary one first; none of an unknown one. */
export function familiesOfShape(shape: Shape): readonly Family[] {
  if (shape === "unknown") return [];
  const primary: Family = shape.endsWith("v4") ? "IPv4" : "IPv6";
  return shape.startsWith("dual") ? [primary, otherFamily(primary)] : [primary];
}

/** The shape of a cluster that serves these families, the primary one first; unknown of none. */
export function shapeOfFamilies([first, second]: readonly Family[]): Shape {
  if (first === undefined) return "unknown";
  const name = first === "IPv4" ? "v4" : "v6";
  return second === undefined ? name : `dual-${name}`;
}
