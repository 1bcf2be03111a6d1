import type { Shape } from "#core/addresses/shape.ts";
import type { FileMeant, MeantBy } from "#core/editor/messages.ts";

const families: Readonly<Record<Shape, string>> = {
  "dual-v4": "dual-stack, IPv4 first",
  "dual-v6": "dual-stack, IPv6 first",
  v4: "IPv4 only",
  v6: "IPv6 only",
  unknown: "families not known",
};

export function familiesText(shape: Shape): string {
  return families[shape];
}

/** "dual-stack, IPv4 first, 1.34" */
export function assumed({ cluster, kubernetes }: Pick<FileMeant, "cluster" | "kubernetes">): string {
  return `${familiesText(cluster)}, ${kubernetes}`;
}

/** Completes "said by". */
export function by(who: MeantBy): string {
  return { folder: ".kube-ipv6.yaml", settings: "the settings", cluster: "the connected cluster", nobody: "nobody" }[
    who
  ];
}
