import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import type { ClusterEntry } from "./kubeconfig-document.ts";
import { exceptedBy } from "./no-proxy.ts";
import { bareHost } from "./server-address.ts";

/** A proxy on the way to a server. */
export interface ProxyServer {
  readonly protocol: "http:" | "https:" | "socks5:";
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** As it is written in a URL, so that what has a meaning there is escaped; empty where there is none. */
  readonly username: string;
  readonly password: string;
  /** `host:port`, to be spoken of. */
  readonly host: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy on the way to a server: the kubeconfig's `proxy-url`, else what the environment says, as kubectl takes it. Refuses
 * with `config` a `proxy-url` that kubectl refuses; what cannot be read in the environment counts as nothing there.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function proxyFor(
  server: URL,
  { proxyUrl, name, file }: ClusterEntry,
  env: Env,
): Answer<ProxyServer | undefined> {
  if (proxyUrl === undefined) return answered(proxyIn(env, server));
  const proxy = /^(https?|socks5h?):\/\//i.test(proxyUrl) ? parsed(proxyUrl) : undefined;
  if (proxy) return answered(proxy);
  return refused(
    "config",
    `The proxy-url of cluster "${name}" in ${file} is no http, https or socks5 URL.`,
    `Correct proxy-url of cluster "${name}" in ${file}.`,
  );
}

function proxyIn(env: Env, server: URL): ProxyServer | undefined {
  const https = server.protocol === "https:";
  // In a CGI program anybody can set HTTP_PROXY by a header.
  if (!https && env.REQUEST_METHOD) return undefined;
  const named = https ? env.HTTPS_PROXY || env.https_proxy : env.HTTP_PROXY || env.http_proxy;
  if (!named || exceptedBy(env.NO_PROXY || env.no_proxy || "", server)) return undefined;
  return parsed(/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(named) ? named : `http://${named}`);
}

const ports = { "http:": 80, "https:": 443, "socks5:": 1080 } as const;

/** A scheme that Go does not know it takes for http. */
function parsed(text: string): ProxyServer | undefined {
  const scheme = /^socks5h?:/i.test(text) ? "socks5:" : /^https:/i.test(text) ? "https:" : "http:";
  // Of other schemes a URL would not know how to read the host.
  const address = text.replace(/^[^:]*:/, "http:");
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const explicit = /^[^/]*\/\/[^/?#]*:(\d+)(?:[/?#]|$)/.exec(text)?.[1];
  const port = explicit === undefined ? ports[scheme] : Number(explicit);
  const { username, password } = url;
  return { protocol: scheme, hostname: bareHost(url), port, username, password, host: `${url.hostname}:${port}` };
}
