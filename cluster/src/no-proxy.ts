import {
  type Address,
  contains,
  isLoopback,
  isMapped,
  type Prefix,
  parseAddress,
  parsePrefix,
  unmapped,
} from "#core/addresses/address.ts";
import { bareHost } from "./server-address.ts";

/**
 * Whether a server is reached without the proxy of the environment, as Go decides it: loopback always, and what NO_PROXY lists:
 * addresses in any spelling, prefixes, names with all below them, `.name` and `*.name` for those below alone, each but a prefix with
 * a port where one is meant, `*` for everything.
 * https://cs.opensource.google/go/x/net/+/master:http/httpproxy/proxy.go
 */
export function exceptedBy(noProxy: string, server: URL): boolean {
  const host = bareHost(server).toLowerCase();
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  const address = addressIn(host);
  if (host === "localhost" || (address && isLoopback(address))) return true;
  const entries = noProxy.split(",").map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => entry === "*" || matches(entry, { host, port, address }));
}

interface Destination {
  readonly host: string;
  readonly port: string;
  readonly address: Address | undefined;
}

function matches(entry: string, { host, port, address }: Destination): boolean {
  const prefix = entry.includes("/") ? prefixIn(entry) : undefined;
  if (prefix) return address !== undefined && contains(prefix, address);
  const { name, only } = split(entry);
  if (name === "" || (only !== undefined && only !== port)) return false;
  const listed = addressIn(name);
  if (listed) return address?.family === listed.family && address.value === listed.value;
  // An address has nothing below it, whatever its zone or its digits look like.
  if (address) return false;
  const below = name.replace(/^\*\./, ".");
  return below.startsWith(".") ? host.endsWith(below) : host === below || host.endsWith(`.${below}`);
}

/** `host:port` and `[address]:port`; brackets without a port belong to the name, as for Go, and match nothing. */
function split(entry: string): { readonly name: string; readonly only?: string } {
  const [, bracketed, plain, only] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(entry) ?? [];
  const name = bracketed ?? plain;
  return name === undefined ? { name: entry } : { name, ...(only ? { only } : {}) };
}

/** IPv4 in IPv6 is IPv4. */
function addressIn(text: string): Address | undefined {
  const address = parseAddress(text);
  if (address?.leadingZeros) return undefined;
  return address && isMapped(address) ? unmapped(address) : address;
}

function prefixIn(text: string): Prefix | undefined {
  const prefix = parsePrefix(text);
  return prefix && isMapped(prefix.address) && prefix.length >= 96
    ? { ...prefix, address: unmapped(prefix.address), length: prefix.length - 96 }
    : prefix;
}
