import { type Family, parseAddress } from "../addresses/address.ts";
import { bareAddress } from "../addresses/bare-address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import { type Directive, type DirectiveWord, walk } from "./directive.ts";
import { parseNginx } from "./nginx.ts";

/** One `listen`. {@link https://nginx.org/en/docs/http/ngx_http_core_module.html#listen} */
export interface NginxListen {
  readonly directive: Directive;
  /** The family of `*:80`, `0.0.0.0:80`, `80` and `[::]:80`; undefined for an address of the host's own. */
  readonly wildcard: Family | undefined;
  readonly port: string;
  /** The word `ipv6only=off`. */
  readonly off: DirectiveWord | undefined;
  /** It is refused, or a variable decides. */
  readonly unread: boolean;
}

/** The listens of every server block of a configuration. */
export function nginxListens(text: string): readonly (readonly NginxListen[])[] {
  const all = [...walk(parseNginx(text))].map(({ directive }) => directive);
  const servers = all.filter(({ name, block }) => name.text === "server" && block);
  return servers.map(({ block = [] }) => block.filter(({ name }) => name.text === "listen").map(read));
}

function read(directive: Directive): NginxListen {
  const [address, ...options] = directive.args;
  const off = options.find(({ text }) => text === "ipv6only=off");
  const text = address?.text ?? "";
  const parts = /^\d+$/.test(text) ? { host: "*", port: text } : splitHostPort(text);
  const wildcard = wildcardOf(parts?.host ?? "");
  const unread =
    text === "" || text.includes("$") || (!parts && !text.startsWith("unix:")) || bareAddress(text) !== undefined;
  return { directive, wildcard, port: parts?.port ?? "80", off, unread };
}

function wildcardOf(host: string): Family | undefined {
  if (host === "*" || host === "0.0.0.0") return "IPv4";
  // `[::0]` is `[::]`.
  const address = parseAddress(host);
  return address?.family === "IPv6" && address.value === 0n ? "IPv6" : undefined;
}
