import { isIPv4, isIPv6 } from "node:net";
import type { Family } from "../options.ts";

/** The family of an address text, or undefined for what is no address. */
export function familyOf(text: string): Family | undefined {
  return isIPv4(text) ? "IPv4" : isIPv6(text) ? "IPv6" : undefined;
}

/** An address as a number; the text must be one. */
export function toNumber(text: string): bigint {
  if (isIPv4(text)) return text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const mixed = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${hex(a, b)}:${hex(c, d)}`);
  const [head = "", tail] = mixed.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function hex(high: string, low: string): string {
  return (Number(high) * 256 + Number(low)).toString(16);
}

/** A number as the canonical text (RFC 5952) of an address. */
export function toText(value: bigint, family: Family): string {
  if (family === "IPv4") return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 65535n).toString(16));
  const text = groups.join(":");
  const longest = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort(
    (a, b) => b[0].replace(/^:/, "").length - a[0].replace(/^:/, "").length,
  )[0];
  if (!longest) return text;
  return `${text.slice(0, longest.index)}::${text.slice(longest.index + longest[0].length + 1)}`.replace(/:::/, "::");
}

/** A prefix: its first address as a number, and its length. */
export interface Prefix {
  family: Family;
  base: bigint;
  length: number;
  /** False where bits are set beyond the length. */
  clean: boolean;
}

/** Parses "address/length" as Go does; undefined for what is none. */
export function parsePrefix(text: string): Prefix | undefined {
  const [, address = "", digits = ""] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const family = familyOf(address);
  const length = Number(digits);
  if (!family || digits === "" || length > width(family)) return undefined;
  const value = toNumber(address);
  const host = BigInt(width(family) - length);
  const base = (value >> host) << host;
  return { family, base, length, clean: base === value };
}

/** Whether a prefix holds an address. */
export function holds(prefix: Prefix, address: string): boolean {
  if (familyOf(address) !== prefix.family) return false;
  const host = BigInt(width(prefix.family) - prefix.length);
  return toNumber(address) >> host === prefix.base >> host;
}

function width(family: Family): number {
  return family === "IPv4" ? 32 : 128;
}
