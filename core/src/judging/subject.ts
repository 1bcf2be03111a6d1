import { parseAddress } from "../addresses/address.ts";
import { splitHostPort } from "../addresses/host-port.ts";

export interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

/** What a diagnosis tries to reach. Without a port, a port the target declares is taken. */
export type Target =
  | ({ readonly kind: "pod"; readonly port?: number } & PodRef)
  | ({ readonly kind: "service"; readonly port?: number } & PodRef)
  | { readonly kind: "node"; readonly name: string; readonly port?: number }
  | { readonly kind: "address"; readonly address: string; readonly port?: number }
  | { readonly kind: "name"; readonly name: string; readonly port?: number };

/** Both absent: the whole cluster is surveyed through pods chosen from it. */
export interface Subject {
  readonly from?: PodRef;
  readonly to?: Target;
}

/**
 * Reads `NAMESPACE/POD`, `pod/NAMESPACE/NAME`, `svc/NAMESPACE/NAME`, `node/NAME`, an address or a name, each with an
 * optional `:port` (an IPv6 address in brackets then). undefined for anything else.
 */
export function parseTarget(text: string): Target | undefined {
  const split = splitHostPort(text.replace(/^(?:https?|tcp):\/\//, "").replace(/\/$/, ""));
  if (!split || split.host === "") return undefined;
  const port = split.port === undefined ? {} : { port: Number(split.port) };
  if (split.port !== undefined && !/^\d{1,5}$/.test(split.port)) return undefined;
  if (parseAddress(split.host)) return { kind: "address", address: split.host, ...port };
  const [first = "", second = "", third = "", ...more] = split.host.split("/");
  if (more.length > 0) return undefined;
  if (/^(services?|svc)$/.test(first) && third) return { kind: "service", namespace: second, name: third, ...port };
  if (/^(pods?|po)$/.test(first) && third) return { kind: "pod", namespace: second, name: third, ...port };
  if (/^(nodes?|no)$/.test(first) && second && !third) return { kind: "node", name: second, ...port };
  if (third) return undefined;
  if (second) return { kind: "pod", namespace: first, name: second, ...port };
  return { kind: "name", name: first, ...port };
}

/** "pod default/web-1", "Service default/web", "node worker-1", "2001:db8::1" */
export function targetName(target: Target): string {
  switch (target.kind) {
    case "pod":
      return `pod ${target.namespace}/${target.name}`;
    case "service":
      return `Service ${target.namespace}/${target.name}`;
    case "node":
      return `node ${target.name}`;
    case "address":
      return target.address;
    case "name":
      return target.name;
  }
}
