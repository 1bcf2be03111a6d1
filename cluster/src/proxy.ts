import { BlockList, isIP } from "node:net";

/**
 * The proxy on the way to a server: the kubeconfig's `proxy-url`, else what the environment says, as kubectl does.
 * client-node knows only the first, and lets SOCKS look up the name on this side, where it may mean nothing.
 * https://pkg.go.dev/net/http#ProxyFromEnvironment
 */
export function proxyFor(
  server: URL,
  proxyUrl: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return (proxyUrl ?? proxyIn(env, server))?.replace(/^socks5:/, "socks5h:");
}

function proxyIn(env: Readonly<Record<string, string | undefined>>, server: URL): string | undefined {
  const named =
    server.protocol === "https:" ? (env.HTTPS_PROXY ?? env.https_proxy) : (env.HTTP_PROXY ?? env.http_proxy);
  return named && !goesDirectly(server, env.NO_PROXY ?? env.no_proxy ?? "") ? named : undefined;
}

function goesDirectly(server: URL, noProxy: string): boolean {
  const host = bareHost(server);
  // Go never sends loopback through a proxy of the environment.
  if (host === "localhost" || isLoopback(host)) return true;
  const rules = noProxy.split(",").map((rule) => rule.trim().toLowerCase());
  return rules.some((rule) => rule !== "" && excepts(rule, host, server));
}

function excepts(rule: string, host: string, server: URL): boolean {
  if (rule === "*" || rule === host || rule === server.host) return true;
  const [network = "", length = ""] = rule.split("/");
  if (length !== "" && isIP(network) !== 0) return contains(network, Number(length), host);
  return host.endsWith(rule.startsWith(".") ? rule : `.${rule}`);
}

function contains(network: string, length: number, host: string): boolean {
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (isIP(host) === 0 || !(length >= 0 && length <= (family === "ipv6" ? 128 : 32))) return false;
  const networks = new BlockList();
  networks.addSubnet(network, length, family);
  return networks.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}

function isLoopback(host: string): boolean {
  return contains("127.0.0.0", 8, host) || host === "::1";
}

/** A URL writes an IPv6 host in brackets; nothing else does. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}
