import http, { type Agent } from "node:http";
import https, { type AgentOptions } from "node:https";
import * as tls from "node:tls";
import { type Answer, answered, refused } from "#core/cluster.ts";
import { type CredentialSource, type Credentials, credentialsOf, pemOf } from "./credentials.ts";
import { type Entry, entriesOf, type Kubeconfig, shown, textOf } from "./kubeconfig.ts";
import { proxyAgent, proxyFor } from "./proxy.ts";

export interface EndpointOptions {
  /** Whether a credential plugin named by the kubeconfig may be started: only in a workspace that is trusted. */
  readonly allowExec?: boolean;
  /** Milliseconds one request may take, 10 000 if not said. */
  readonly timeout?: number;
  /** Milliseconds a credential plugin may take, 60 000 if not said, since it may wait for a login in a browser. */
  readonly pluginTimeout?: number;
  /** Where HTTPS_PROXY and NO_PROXY are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** An API server and who asks it: all that a request needs. */
export interface Endpoint {
  readonly context: string;
  /** As the kubeconfig says it, without a trailing slash. */
  readonly server: string;
  readonly url: URL;
  /** Milliseconds. */
  readonly timeout: number;
  /** The names a remedy speaks of. */
  readonly names: EndpointNames;
  /** Headers that say who asks, and the agent that holds the connections. */
  authorize(): Promise<Answer<Authority>>;
  readonly credentials: Pick<CredentialSource, "renew" | "weakness">;
  /** Closes the connections that wait for a next request. */
  close(): void;
}

export interface Authority {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
}

export interface EndpointNames {
  readonly cluster: string;
  readonly user: string;
  /** The file that says where the server is. */
  readonly file: string;
}

/** What the context of a kubeconfig stands for. Refuses with `config` and the name of what is missing. */
export async function endpointOf(
  kubeconfig: Kubeconfig,
  contextName: string | undefined,
  options: EndpointOptions,
): Promise<Answer<Endpoint>> {
  const found = entriesFor(kubeconfig, contextName);
  if (!found.ok) return found;
  const { context, cluster, user } = found.value;
  const url = urlOf(cluster);
  if (!url.ok) return url;
  const tls = await tlsOf(cluster);
  if (!tls.ok) return tls;
  const pluginCluster = { ...pick(cluster, pluginFields), ...caFor(tls.value) };
  const { allowExec = false, pluginTimeout = 60_000, timeout = 10_000, env = process.env } = options;
  const credentials = await credentialsOf(user, { allowExec, pluginTimeout, pluginCluster });
  if (!credentials.ok) return credentials;
  const agents = agentsFor(url.value, tls.value, proxyFor(url.value, textOf(cluster, "proxy-url"), env));
  return answered({
    context,
    server: shown(textOf(cluster, "server") ?? ""),
    url: url.value,
    timeout,
    names: { cluster: cluster.name, user: user?.name ?? "", file: cluster.file },
    credentials: credentials.value,
    async authorize() {
      const current = await credentials.value.current();
      if (!current.ok) return current;
      const agent = await agents.for(current.value);
      return agent.ok ? answered({ headers: current.value.headers, agent: agent.value }) : agent;
    },
    close: agents.close,
  });
}

/** https://kubernetes.io/docs/reference/config-api/client-authentication.v1/#client-authentication-k8s-io-v1-Cluster */
const pluginFields = ["server", "tls-server-name", "insecure-skip-tls-verify", "proxy-url"];

function pick(entry: Entry, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => field in entry.fields).map((field) => [field, entry.fields[field]]),
  );
}

function caFor({ ca }: AgentOptions): Record<string, string> {
  return typeof ca === "string" ? { "certificate-authority-data": Buffer.from(ca).toString("base64") } : {};
}

interface ContextEntries {
  readonly context: string;
  readonly cluster: Entry;
  readonly user: Entry | undefined;
}

function entriesFor(kubeconfig: Kubeconfig, contextName = kubeconfig.current): Answer<ContextEntries> {
  const files = kubeconfig.files.join(", ");
  if (contextName === undefined) {
    return refused(
      "config",
      `The kubeconfig ${files} has no current context.`,
      "Choose one: kubectl config use-context NAME.",
    );
  }
  const context = kubeconfig.contexts.find(({ name }) => name === contextName);
  if (!context) {
    const known = kubeconfig.contexts.map(({ name }) => name).join(", ") || "none";
    return refused(
      "config",
      `The kubeconfig ${files} has no context "${contextName}".`,
      `Choose one that is there: ${known}.`,
    );
  }
  const { clusters, users } = entriesOf(kubeconfig);
  const cluster = clusters.get(context.cluster);
  const user = users.get(context.user);
  const remedy = `Correct the context in ${files}, or get a new kubeconfig.`;
  if (!cluster)
    return refused(
      "config",
      `Context "${contextName}" names the cluster "${context.cluster}", which is not in ${files}.`,
      remedy,
    );
  if (!user && context.user)
    return refused(
      "config",
      `Context "${contextName}" names the user "${context.user}", which is not in ${files}.`,
      remedy,
    );
  return answered({ context: contextName, cluster, user });
}

function urlOf(cluster: Entry): Answer<URL> {
  const server = textOf(cluster, "server");
  const remedy = `Write \`server: https://HOST:PORT\` for cluster "${cluster.name}" in ${cluster.file}.`;
  if (!server) return refused("config", `Cluster "${cluster.name}" in ${cluster.file} has no server.`, remedy);
  // As client-go: what has no scheme is taken for http.
  const text = /^[a-z]+:\/\//i.test(server) ? server : `http://${server}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === "https:" || url.protocol === "http:")) return answered(url);
  return refused(
    "config",
    `The server "${shown(server)}" of cluster "${cluster.name}" in ${cluster.file} is not a URL.`,
    remedy,
  );
}

async function tlsOf(cluster: Entry): Promise<Answer<AgentOptions>> {
  const ca = await pemOf(cluster, "certificate-authority");
  if (!ca.ok) return ca;
  const servername = textOf(cluster, "tls-server-name");
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

/** One agent as long as the client certificate stays the same: connections are what costs. */
function agentsFor(url: URL, tls: AgentOptions, proxy: string | undefined) {
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
