import type { LabCase, Shape } from "./case.ts";

/** Every two of their words stand together in one of these, which takes six clusters instead of twelve. */
export const shapes: readonly Shape[] = [
  { mode: "routed", families: "dual", proxy: "iptables" },
  { mode: "routed", families: "ipv6", proxy: "nftables" },
  { mode: "vxlan6", families: "dual", proxy: "nftables" },
  { mode: "vxlan6", families: "ipv6", proxy: "iptables" },
  { mode: "bridge", families: "dual", proxy: "iptables" },
  { mode: "bridge", families: "ipv6", proxy: "nftables" },
];

/** The clusters a case can stand on; of the words it gives of one kind, each is as good as the other. */
export function shapesOf({ on = [] }: Pick<LabCase, "on">): Shape[] {
  return shapes.filter((shape) =>
    (["mode", "families", "proxy"] as const).every((kind) => {
      const wanted = on.filter((word) => shapes.some((one) => one[kind] === word));
      return wanted.length === 0 || wanted.includes(shape[kind]);
    }),
  );
}

export function shapeName({ mode, families, proxy }: Shape): string {
  return `${mode} ${families} ${proxy}`;
}
