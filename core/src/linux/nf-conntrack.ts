import { formatAddress, parseAddress } from "../addresses/address.ts";
import { type FileForm, lines, words } from "./lines.ts";

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
  /** Until it is forgotten; a packet of it sets that back to the whole time. */
  readonly seconds: number;
  /** Of TCP: SYN_SENT, SYN_RECV, ESTABLISHED, TIME_WAIT ...; undefined for protocols without states. */
  readonly state: string | undefined;
}

export const conntrackPath = "/proc/net/nf_conntrack";

/** Family, protocol, seconds left, and both directions, by which of the two it is. */
export const conntrackForm: FileForm = { line: /^\S+\s+\d+ \S+\s+\d+ .*\bsrc=\S+ dst=\S+ .*\bsrc=\S+ dst=\S+/ };

/** Parses it; format: net/netfilter/nf_conntrack_standalone.c. */
export function parseNfConntrack(text: string): TrackedConnection[] {
  return lines(text).flatMap((line) => {
    const [layer, , protocol = "", ...rest] = words(line);
    const tuples = [0, 1].map((which) => tuple(rest, which));
    const [original, reply] = tuples;
    if ((layer !== "ipv4" && layer !== "ipv6") || !original || !reply) return [];
    const family = layer === "ipv4" ? "IPv4" : "IPv6";
    const seconds = Number(rest[1]);
    const state = rest.slice(0, 3).find((word) => /^[A-Z_0-9]+$/.test(word) && /[A-Z_]{4}/.test(word));
    return { family, protocol, original, reply, unreplied: rest.includes("[UNREPLIED]"), seconds, state };
  });
}

/** An address as the file writes it: an IPv6 one with all its zeros, eight groups of four digits. */
export function conntrackText(address: string): string {
  const parsed = parseAddress(address);
  if (parsed?.family !== "IPv6") return address;
  return (parsed.value.toString(16).padStart(32, "0").match(/.{4}/g) ?? []).join(":");
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
