import { formatAddress } from "../addresses/address.ts";
import { lines, words } from "./lines.ts";

/** What a DNS server said about one name and one type. */
export interface DnsAnswer {
  /** "NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED" ...; {@link https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1} */
  readonly status: string;
  /** Only addresses of the type asked for. */
  readonly addresses: readonly string[];
}

export type DnsType = "A" | "AAAA";

const typeNumbers: Readonly<Record<DnsType, number>> = { A: 1, AAAA: 28 };
const statuses = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

/** A query with recursion desired, in hexadecimal; `name` is absolute, with or without the last dot. */
export function dnsQuery(id: number, name: string, type: DnsType): string {
  const labels = name.split(".").filter((label) => label !== "");
  const question = labels.map(
    (label) => hex(label.length, 2) + [...label].map((char) => hex(char.charCodeAt(0), 2)).join(""),
  );
  return `${hex(id, 4)}01000001000000000000${question.join("")}00${hex(typeNumbers[type], 4)}0001`;
}

/** Parses a DNS message in hexadecimal, blanks allowed; undefined if it is cut off or no response to that id. */
export function parseDnsMessage(text: string, id: number, type: DnsType): DnsAnswer | undefined {
  const bytes = (text.replace(/\s+/g, "").match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const at = (index: number) => bytes[index] ?? 0;
  const word = (index: number) => at(index) * 256 + at(index + 1);
  if (bytes.length < 12 || bytes.some(Number.isNaN) || word(0) !== id || (at(2) & 0x80) === 0) return undefined;
  let offset = 12;
  for (let count = word(4); count > 0; count--) offset = afterName(bytes, offset) + 4;
  const addresses: string[] = [];
  for (let count = word(6); count > 0 && offset < bytes.length; count--) {
    const head = afterName(bytes, offset);
    const length = word(head + 8);
    if (word(head) === typeNumbers[type]) addresses.push(addressOf(bytes.slice(head + 10, head + 10 + length)));
    offset = head + 10 + length;
  }
  return { status: statuses[at(3) & 0xf] ?? `rcode ${at(3) & 0xf}`, addresses };
}

/** What `nslookup -type=TYPE NAME SERVER` (busybox, BIND) prints; undefined if it got no answer from the server. */
export function parseNslookup(text: string): DnsAnswer | undefined {
  const failed = /server can't find [^:]+(?::[^:]+)*?: (\w+)/.exec(text);
  if (failed) return { status: failed[1] ?? "NXDOMAIN", addresses: [] };
  if (
    !text.includes("Server:") ||
    /timed out|no servers could be reached|refused|unreachable|can't connect/i.test(text)
  )
    return undefined;
  // The words may come on one line: the server's own address stands before the first "Name:" or "has".
  const answer = text.slice(Math.max(0, text.search(/Name:|has AAAA address/)));
  const addresses = [...answer.matchAll(/Address(?: \d+)?: (\S+)|has AAAA address (\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  const found = /Name:|has AAAA address/.test(text) ? addresses : [];
  return { status: "NOERROR", addresses: lines(found.join("\n")).flatMap(words) };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/** The offset behind a possibly compressed name. */
function afterName(bytes: readonly number[], start: number): number {
  let offset = start;
  while (offset < bytes.length) {
    const length = bytes[offset] ?? 0;
    if (length === 0) return offset + 1;
    if (length >= 0xc0) return offset + 2;
    offset += length + 1;
  }
  return offset;
}

function addressOf(bytes: readonly number[]): string {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return formatAddress({ family: bytes.length === 4 ? "IPv4" : "IPv6", value });
}
