import type { Agent } from "node:http";
import * as tls from "node:tls";
import { agentFor } from "./agent.ts";
import type { Credentials } from "./credentials.ts";
import type { ClusterEntry } from "./kubeconfig-document.ts";
import type { ProxyServer } from "./proxy.ts";
import { bareHost, type ServerAddress } from "./server-address.ts";

/** What a request carries to say who asks, and how the server is known. */
export interface Authority {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** What it was made of. */
  readonly credentials: Credentials;
  /** Options of a request. */
  readonly connection: Connection;
}

interface Connection extends Pick<tls.SecureContextOptions, "ca" | "cert" | "key"> {
  /** Holds the connections. */
  readonly agent: Agent;
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
}

/**
 * Makes them of a cluster and credentials, anew only when the credentials are others.
 *
 * client-node's options come with an agent that cannot reach a proxy whose address is IPv6, tells a proxy an IPv6 server without
 * brackets, keeps no connection open, and with a second HTTP library for logins that are not made here.
 */
export class Authorities {
  readonly #cluster: ClusterEntry;
  readonly #agent: Agent;
  #last: Authority | undefined;

  constructor(cluster: ClusterEntry, server: ServerAddress, proxy: ProxyServer | undefined) {
    this.#cluster = cluster;
    this.#agent = agentFor(server, proxy, cluster.tlsServerName || bareHost(server.url));
  }

  for(credentials: Credentials): Authority {
    if (this.#last?.credentials !== credentials) this.#last = this.#make(credentials);
    return this.#last;
  }

  /** Closes the connections that wait for a next request. */
  close(): void {
    this.#agent.destroy();
  }

  #make(credentials: Credentials): Authority {
    const { caData, skipTLSVerify, tlsServerName } = this.#cluster;
    const { certData, keyData } = credentials;
    return {
      credentials,
      headers: credentials.headers,
      connection: {
        agent: this.#agent,
        ca: caData ? pem(caData) : trusted(),
        ...(certData ? { cert: pem(certData) } : {}),
        ...(keyData ? { key: pem(keyData) } : {}),
        // Said where it is true as well: a variable of the environment could turn it off.
        rejectUnauthorized: !skipTLSVerify,
        ...(tlsServerName ? { servername: tlsServerName } : {}),
      },
    };
  }
}

function pem(base64: string): Buffer {
  return Buffer.from(base64, "base64");
}

/** Without a CA of its own a cluster is judged by the system's, as kubectl does; Node by itself looks at a list of its own. */
function trusted(): string[] {
  return [...tls.getCACertificates("default"), ...tls.getCACertificates("system")];
}
