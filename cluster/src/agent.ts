import http from "node:http";
import https from "node:https";
import tls from "node:tls";
import { HttpsProxyAgent } from "https-proxy-agent";
import { SocksProxyAgent } from "socks-proxy-agent";
import type { ProxyServer } from "./proxy.ts";
import { bareHost, type ServerAddress } from "./server-address.ts";

/** Connections are what costs: they are kept for the next request. */
const kept = { keepAlive: true, keepAliveMsecs: 30_000 };

/**
 * What holds the connections to a server that is known by `name` in its certificate. The certificates and what else TLS needs are
 * given with each request, so that a proxy is shown none of them.
 */
export function agentFor(server: ServerAddress, proxy: ProxyServer | undefined, name: string): http.Agent {
  const secure = server.url.protocol === "https:";
  const agent = proxy ? through(proxy) : secure ? new https.Agent(kept) : new http.Agent(kept);
  if (proxy) Object.assign(agent, { isSecureEndpoint: () => secure });
  else if (server.zone !== undefined) onLink(agent, server);
  // Through a proxy Node does not know whom it talks to, and with a zone it would look for that in the certificate.
  const checkServerIdentity: typeof tls.checkServerIdentity = (_, certificate) =>
    tls.checkServerIdentity(name, certificate);
  Object.assign((agent as http.Agent & { readonly options: object }).options, { checkServerIdentity });
  return agent;
}

function through(proxy: ProxyServer): http.Agent {
  const { protocol, hostname, port, username, password, host } = proxy;
  // They ask a URL for these alone, and take the host's brackets for a part of its name.
  const url = { protocol, hostname, port: String(port), username, password, host, href: `${protocol}//${host}` } as URL;
  // The name of the server means something on the proxy's side, and maybe nothing on this one.
  if (protocol === "socks5:") return new SocksProxyAgent({ ...url, protocol: "socks5h:" } as URL, kept);
  const agent = new HttpsProxyAgent(url, {
    ...kept,
    ca: [...tls.getCACertificates("default"), ...tls.getCACertificates("system")],
  });
  // What a proxy answers in its own name is no answer of the API server.
  return agent.on("proxyConnect", ({ statusCode }: http.IncomingMessage, request: http.ClientRequest) => {
    if (statusCode !== 200)
      request.destroy(new Error(`the proxy ${host} does not let this through (HTTP ${statusCode})`));
  });
}

/** A link-local address means something only with its interface, which a URL cannot hold. */
function onLink(agent: http.Agent, { url, zone }: ServerAddress): void {
  const plain = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => plain({ ...options, host: `${bareHost(url)}%${zone}` }, callback);
}
