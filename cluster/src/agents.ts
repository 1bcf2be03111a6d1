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
export class Agents {
  readonly #url: URL;
  readonly #options: AgentOptions;
  readonly #proxy: string | undefined;
  #last: { readonly cert: string | undefined; readonly agent: Promise<Answer<Agent>> } | undefined;

  constructor(url: URL, options: AgentOptions, proxy: string | undefined) {
    this.#url = url;
    this.#options = { ...connecting, ...options };
    this.#proxy = proxy;
  }

  /** The agent before is left to end by itself: watches may still run over it. */
  for({ cert, key }: Credentials): Promise<Answer<Agent>> {
    if (!this.#last || this.#last.cert !== cert)
      this.#last = { cert, agent: this.#make(cert && key ? { cert, key } : {}) };
    return this.#last.agent;
  }

  async close(): Promise<void> {
    const agent = await this.#last?.agent;
    if (agent?.ok) agent.value.destroy();
  }

  async #make(own: AgentOptions): Promise<Answer<Agent>> {
    const options = { ...this.#options, ...own };
    try {
      if (this.#proxy !== undefined) return answered(await proxyAgent(this.#proxy, this.#url, options));
      return answered(this.#url.protocol === "https:" ? new https.Agent(options) : new http.Agent(options));
    } catch (error) {
      const message = `No connection to ${this.#url.host} can be prepared: ${error instanceof Error ? error.message : error}.`;
      return refused("config", message, "Correct proxy-url and the certificates of this context.");
    }
  }
}

/**
 * Node gives each address of a name 250 ms and then tries the next one; over a slow link that would fail on every one
 * of them. https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyattempttimeoutvalue
 */
const connecting = { keepAlive: true, keepAliveMsecs: 30_000, autoSelectFamilyAttemptTimeout: 2_000 };

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
