import { parseAddress } from "./address.ts";

export interface HostPort {
  /** Without brackets. */
  readonly host: string;
  /** undefined if the text has no port */
  readonly port: string | undefined;
  readonly bracketed: boolean;
}

/**
 * Splits `host`, `host:port`, `[v6]`, `[v6]:port`; a bare IPv6 address is a host without a port.
 * undefined for what Go's net.SplitHostPort calls "too many colons" and for unbalanced brackets.
 */
export function splitHostPort(text: string): HostPort | undefined {
  const bracketed = /^\[([^[\]]*)\](?::([^:]*))?$/.exec(text);
  if (bracketed) return { host: bracketed[1] ?? "", port: bracketed[2], bracketed: true };
  if (/[[\]]/.test(text)) return undefined;
  const colon = text.indexOf(":");
  if (colon < 0) return { host: text, port: undefined, bracketed: false };
  if (colon === text.lastIndexOf(":"))
    return { host: text.slice(0, colon), port: text.slice(colon + 1), bracketed: false };
  return parseAddress(text) ? { host: text, port: undefined, bracketed: false } : undefined;
}

/**
 * Takes apart an IPv6 address whose port was written without brackets: `fd00::1:6443`, `fd00:0:0:0:0:0:0:1:6443`. A
 * shortened address with such a port reads as another address, so a last group of four decimal digits, or 443, is taken
 * for a port. undefined for anything else, addresses that merely end in `::80` included.
 */
export function swallowedPort(text: string): { readonly host: string; readonly port: string } | undefined {
  const [, host, port] = /^(.*[^:]):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || port === undefined || parseAddress(host)?.family !== "IPv6") return undefined;
  const likely = /^(?:443|[1-9]\d{3})$/.test(port) || !parseAddress(text);
  return likely && Number(port) >= 1 && Number(port) <= 65535 ? { host, port } : undefined;
}

/** `[v6]:port` or `host:port`, as Go's net.JoinHostPort writes it. */
export function joinHostPort(host: string, port: string | number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
