import type { Agent } from "node:http";
import type { RequestOptions } from "node:https";
import * as tls from "node:tls";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Cluster, User } from "@kubernetes/client-node/dist/config_types.js";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { clientNode } from "./client-node.ts";
import type { Credentials } from "./credentials.ts";

/** What a request carries to say who asks, and the agent that holds the connections. */
export interface Authority {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  /** What it was made of. */
  readonly credentials: Credentials;
  /** `name:password`, as a request takes it. */
  readonly auth?: string;
}

/** Makes client-node's request options of a cluster and credentials, anew only when the credentials are others. */
export class Authorities {
  readonly #cluster: Cluster;
  readonly #agents = new Set<Agent>();
  #last: { readonly credentials: Credentials; readonly authority: Promise<Answer<Authority>> } | undefined;
  #config: { readonly certificate: string | undefined; readonly kubeConfig: KubeConfig } | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  for(credentials: Credentials): Promise<Answer<Authority>> {
    if (this.#last?.credentials !== credentials) this.#last = { credentials, authority: this.#make(credentials) };
    return this.#last.authority;
  }

  /** Closes the connections that wait for a next request. */
  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  async #make(credentials: Credentials): Promise<Answer<Authority>> {
    const { user, headers } = credentials;
    const { server, caData } = this.#cluster;
    try {
      const kubeConfig = await this.#configFor(user);
      kubeConfig.loadFromClusterAndUser(this.#cluster, user);
      const options: RequestOptions = { ...(caData ? {} : { ca: trusted() }), headers: { ...headers } };
      await kubeConfig.applyToHTTPSOptions(options);
      // client-node opens a connection for each request, and connections are what costs.
      const agent = Object.assign(options.agent as Agent, { keepAlive: true, keepAliveMsecs: 30_000 });
      this.#agents.add(agent);
      const auth = options.auth ? { auth: options.auth } : {};
      return answered({ headers: options.headers as Record<string, string>, agent, credentials, ...auth });
    } catch (error) {
      const message = `No connection to ${new URL(server).host} can be prepared: ${error instanceof Error ? error.message : error}.`;
      return refused("config", message, "Correct proxy-url and the certificates of this context.");
    }
  }

  /** A KubeConfig keeps one agent, and never looks whether the certificate in it is still that of its user. */
  async #configFor({ certData }: User): Promise<KubeConfig> {
    if (!this.#config || this.#config.certificate !== certData) {
      const { KubeConfig } = await clientNode();
      this.#config = { certificate: certData, kubeConfig: new KubeConfig() };
    }
    return this.#config.kubeConfig;
  }
}

/**
 * Without a CA of its own a cluster is judged by the system's, as kubectl does; Node by itself looks at a list of its own,
 * and client-node leaves it at that.
 */
function trusted(): string[] {
  return [...tls.getCACertificates("default"), ...tls.getCACertificates("system")];
}
