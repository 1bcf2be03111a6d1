import { parseAddress } from "../addresses/address.ts";
import { lines } from "./lines.ts";

/** A line of `ip -6 neigh show`, see {@link https://man7.org/linux/man-pages/man8/ip-neighbour.8.html}. */
export interface Neighbour {
  readonly address: string;
  readonly device: string;
  /** The hardware address in lower case; undefined where nobody has answered. */
  readonly hardware?: string;
  /** REACHABLE, STALE, PERMANENT, FAILED ...; several may stand together. */
  readonly states: readonly string[];
}

/** Parses it; undefined if a line is none: an empty table is no error. */
export function parseIpNeigh(text: string): readonly Neighbour[] | undefined {
  const found = lines(text).map(asNeighbour);
  return found.every((one) => one !== undefined) ? found : undefined;
}

function asNeighbour(line: string): Neighbour | undefined {
  const [address = "", ...rest] = line.trim().split(/\s+/);
  const device = /(?:^| )dev (\S+)/.exec(rest.join(" "))?.[1];
  const hardware = /(?:^| )lladdr ([0-9a-f:]+)/i.exec(rest.join(" "))?.[1]?.toLowerCase();
  const states = rest.filter((word) => known.has(word));
  if (!parseAddress(address) || device === undefined) return undefined;
  return { address, device, ...(hardware === undefined ? {} : { hardware }), states };
}

const known = new Set(["PERMANENT", "NOARP", "REACHABLE", "STALE", "NONE", "INCOMPLETE", "DELAY", "PROBE", "FAILED"]);
