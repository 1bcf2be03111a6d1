/** Which families a cluster serves, its primary family first: "dual-v6" gives a Service that asks for nothing IPv6. */
export type Shape = "dual-v4" | "dual-v6" | "v4" | "v6" | "unknown";

export const shapes: readonly Shape[] = ["dual-v4", "dual-v6", "v4", "v6", "unknown"];
