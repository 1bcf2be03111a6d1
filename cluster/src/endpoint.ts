import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { Authorities, type Authority } from "./authority.ts";
import { type CredentialSource, credentialsOf } from "./credentials.ts";
import { entriesOf, type Kubeconfig, shown } from "./kubeconfig.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-document.ts";
import { flattened } from "./pem.ts";
import { proxyFor } from "./proxy.ts";

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
  const ca = await flattened(cluster, "certificate-authority", cluster.caData, cluster.caFile);
  if (!ca.ok) return ca;
  const flat = { ...cluster, caData: ca.value, caFile: undefined };
  const { allowExec = false, pluginTimeout = 60_000, timeout = 10_000, env = process.env } = options;
  const credentials = await credentialsOf(user, { allowExec, pluginTimeout, cluster: flat });
  if (!credentials.ok) return credentials;
  const authorities = new Authorities({
    ...flat,
    server: url.value.href,
    proxyUrl: proxyFor(url.value, cluster.proxyUrl, env),
    // Where there is no TLS client-node wants to hear that it is not to be looked at.
    skipTLSVerify: cluster.skipTLSVerify || url.value.protocol === "http:",
  });
  return answered({
    context,
    server: shown(cluster.server),
    url: url.value,
    timeout,
    names: { cluster: cluster.name, user: user.name, file: cluster.file },
    credentials: credentials.value,
    async authorize() {
      const current = await credentials.value.current();
      return current.ok ? authorities.for(current.value) : current;
    },
    close() {
      credentials.value.close();
      authorities.close();
    },
  });
}

interface ContextEntries {
  readonly context: string;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
}

function entriesFor(kubeconfig: Kubeconfig, name = kubeconfig.current): Answer<ContextEntries> {
  const files = kubeconfig.files.join(", ");
  const no = (message: string, remedy: string) => refused("config", message, remedy);
  if (name === undefined) {
    return no(`The kubeconfig ${files} has no current context.`, "Choose one: kubectl config use-context NAME.");
  }
  const context = kubeconfig.contexts.find((one) => one.name === name);
  if (!context) {
    const known = kubeconfig.contexts.map((one) => one.name).join(", ") || "none";
    return no(`The kubeconfig ${files} has no context "${name}".`, `Choose one that is there: ${known}.`);
  }
  const { clusters, users } = entriesOf(kubeconfig);
  const cluster = clusters.get(context.cluster);
  // client-node forgets the CA and the proxy of a cluster that nobody in particular asks.
  const user = users.get(context.user) ?? (context.user === "" ? { name: "", file: cluster?.file ?? "" } : undefined);
  const remedy = `Correct the context in ${files}, or get a new kubeconfig.`;
  if (!cluster)
    return no(`Context "${name}" names the cluster "${context.cluster}", which is not in ${files}.`, remedy);
  if (user) return answered({ context: name, cluster, user });
  return no(`Context "${name}" names the user "${context.user}", which is not in ${files}.`, remedy);
}

function urlOf(cluster: ClusterEntry): Answer<URL> {
  const { server } = cluster;
  const remedy = `Write \`server: https://HOST:PORT\` for cluster "${cluster.name}" in ${cluster.file}.`;
  if (!server) return refused("config", `Cluster "${cluster.name}" in ${cluster.file} has no server.`, remedy);
  // As client-go: what has no scheme is taken for http.
  const text = /^[a-z]+:\/\//i.test(server) ? server : `http://${server}`;
  // A URL takes a backslash for a slash and forgets line breaks: what a person reads there is not where it leads.
  const url = /^[!-[\]-~]+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === "https:" || url.protocol === "http:")) return answered(url);
  return refused(
    "config",
    `The server "${shown(server)}" of cluster "${cluster.name}" in ${cluster.file} is not a URL.`,
    remedy,
  );
}
