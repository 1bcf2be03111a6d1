import { formatAddress, parseAddress } from "../addresses/address.ts";
import { lines, words } from "./lines.ts";

export interface Tuple {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
}

/** A connection as the node's connection tracking knows it: the reply tuple shows what NAT made of it. */
export interface TrackedConnection {
  readonly family: "IPv4" | "IPv6";
  readonly protocol: string;
  readonly original: Tuple;
  readonly reply: Tuple;
  readonly unreplied: boolean;
}

/** Parses `/proc/net/nf_conntrack`; format: net/netfilter/nf_conntrack_standalone.c. */
export function parseNfConntrack(text: string): TrackedConnection[] {
  return lines(text).flatMap((line) => {
    const [layer, , protocol = "", ...rest] = words(line);
    const tuples = [0, 1].map((which) => tuple(rest, which));
    const [original, reply] = tuples;
    if ((layer !== "ipv4" && layer !== "ipv6") || !original || !reply) return [];
    const family = layer === "ipv4" ? "IPv4" : "IPv6";
    return { family, protocol, original, reply, unreplied: rest.includes("[UNREPLIED]") };
  });
}

function tuple(fields: string[], which: number): Tuple | undefined {
  const nth = (key: string) => fields.filter((field) => field.startsWith(`${key}=`))[which]?.slice(key.length + 1);
  const source = parseAddress(nth("src") ?? "");
  const destination = parseAddress(nth("dst") ?? "");
  if (!source || !destination) return undefined;
  const port = (key: string) => (nth(key) === undefined ? undefined : Number(nth(key)));
  return {
    source: formatAddress(source),
    destination: formatAddress(destination),
    sourcePort: port("sport"),
    destinationPort: port("dport"),
  };
}
