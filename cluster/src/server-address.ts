/** Where an API server is. */
export interface ServerAddress {
  /** Without the zone, which a URL cannot hold. */
  readonly url: URL;
  /** The network interface that a link-local address is meant on, `eth0`. */
  readonly zone?: string;
  /** `host:port` to be spoken of, with the zone. */
  readonly host: string;
}

/**
 * The address in a kubeconfig's `server`, as client-go takes it: what has no scheme is http, and a zone is written `%25eth0` (RFC
 * 6874). undefined for what is none, and for what a person would read in another way than a URL does: it takes a backslash for a
 * slash, and forgets line breaks.
 */
export function serverAddress(server: string): ServerAddress | undefined {
  if (!/^[!-[\]-~]+$/.test(server)) return undefined;
  const text = /^[a-z]+:\/\//i.test(server) ? server : `http://${server}`;
  const [, before = "", address = "", zone, after = ""] =
    /^([^[]*\/\/[^[/]*\[)([0-9a-f:.]+)%25([^\]/]+)(\].*)$/i.exec(text) ?? [];
  const plain = zone === undefined ? text : `${before}${address}${after}`;
  const url = URL.canParse(plain) ? new URL(plain) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return undefined;
  if (zone === undefined) return { url, host: url.host };
  const name = decoded(zone);
  return name === undefined ? undefined : { url, zone: name, host: url.host.replace("]", `%${name}]`) };
}

/** A URL writes an IPv6 host in brackets; nothing else does. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** The name of an interface, which Linux gives at most 15 characters. */
function decoded(zone: string): string | undefined {
  try {
    const name = decodeURIComponent(zone);
    return /^[\w.@-]{1,32}$/.test(name) ? name : undefined;
  } catch {
    // An escape that is none.
    return undefined;
  }
}
