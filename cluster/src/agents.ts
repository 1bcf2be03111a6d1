import http, { type Agent } from "node:http";
import https, { type AgentOptions } from "node:https";
import * as tls from "node:tls";
import { type Answer, answered, refused } from "#core/cluster.ts";
import type { Credentials } from "./credentials.ts";
import type { Entry } from "./kubeconfig-document.ts";
import { textIn } from "./mapping.ts";
import { pemOf } from "./pem.ts";
import { proxyAgent } from "./proxy.ts";

/** One agent as long as the client certificate stays the same: connections are what costs. */
export function agentsFor(url: URL, tls: AgentOptions, proxy: string | undefined) {
  let last: { readonly cert: string | undefined; readonly agent: Agent } | undefined;
  return {
    async for({ cert, key }: Credentials): Promise<Answer<Agent>> {
      if (last && last.cert === cert) return answered(last.agent);
      try {
        const agent = await agentFor(url, { ...connecting, ...tls, ...(cert && key ? { cert, key } : {}) }, proxy);
        // The one before is left to end by itself: watches may still run over it.
        last = { cert, agent };
        return answered(agent);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return refused(
          "config",
          `No connection can be prepared to ${url.host}: ${reason}.`,
          "Correct the proxy and the certificates of this context.",
        );
      }
    },
    close: () => last?.agent.destroy(),
  };
}

/**
 * Node gives each address of a name 250 ms and then tries the next one; over a slow link that would fail on every one
 * of them. https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyattempttimeoutvalue
 */
const connecting = { keepAlive: true, keepAliveMsecs: 30_000, autoSelectFamilyAttemptTimeout: 2_000 };

async function agentFor(url: URL, options: AgentOptions, proxy: string | undefined): Promise<Agent> {
  if (proxy !== undefined) return proxyAgent(proxy, url, options);
  return url.protocol === "https:" ? new https.Agent(options) : new http.Agent(options);
}

/** How the server of a cluster is judged. Refuses with `config`. */
export async function tlsOf(cluster: Entry): Promise<Answer<AgentOptions>> {
  const ca = await pemOf(cluster, "certificate-authority");
  if (!ca.ok) return ca;
  const servername = textIn(cluster.fields, "tls-server-name");
  return answered({
    ...trusted(ca.value),
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized: cluster.fields["insecure-skip-tls-verify"] !== true,
  });
}

/**
 * Without a CA of its own a cluster is judged by the system's, as kubectl does; Node by itself looks at a list of its own.
 * `getCACertificates` is there since Node 22.15.
 */
function trusted(ca: string | undefined): Pick<AgentOptions, "ca"> {
  if (ca !== undefined) return { ca };
  if (typeof tls.getCACertificates !== "function") return {};
  return { ca: [...tls.getCACertificates("default"), ...tls.getCACertificates("system")] };
}
