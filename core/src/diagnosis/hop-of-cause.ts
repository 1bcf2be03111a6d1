import type { Layer } from "../judging/cause.ts";
import type { HopName, PathStation } from "../judging/path.ts";

/** A cause that is proven, as far as the path wants to know. */
export interface ProvenCause {
  readonly code: string;
  readonly layer: Layer;
  readonly summary: string;
  readonly because: string;
  readonly explains: readonly string[];
}

/** The station a proven cause breaks. */
export function hopOfCause({ code, layer, summary, because }: ProvenCause): PathStation {
  const where = /\b(?:node|pod|Service) [\w./-]*\w/.exec(because)?.[0] ?? "the cluster";
  return { hop: byCode[code] ?? byLayer[layer], where, state: "fails", because: `${summary}: ${because}` };
}

const byLayer: Readonly<Record<Layer, HopName>> = {
  cluster: "pod address",
  node: "pod address",
  kernel: "pod address",
  link: "encapsulation or route",
  address: "pod address",
  route: "encapsulation or route",
  firewall: "policy",
  policy: "policy",
  service: "Service rules",
  dns: "DNS",
  application: "endpoints",
};

/** Where the layer alone does not tell. */
const byCode: Readonly<Record<string, HopName>> = {
  K03: "node forwarding",
  K23: "node forwarding",
  K09: "host side",
  K21: "host side",
  F04: "host side",
  R01: "pod route",
  R02: "encapsulation or route",
  C01: "host side",
  C02: "encapsulation or route",
  X01: "underlay",
  M02: "underlay",
  M03: "underlay",
  F05: "underlay",
  F08: "underlay",
  S03: "endpoints",
  C06: "network agent",
  C08: "network agent",
  C13: "network agent",
  C14: "network agent",
  C21: "network agent",
};
