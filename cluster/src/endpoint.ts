import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { Authorities, type Authority } from "./authority.ts";
import { type CredentialSource, credentialsOf } from "./credentials.ts";
import { sendable } from "./headers.ts";
import { entriesOf, type Kubeconfig, shown } from "./kubeconfig.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-document.ts";
import { flattened } from "./pem.ts";
import { proxyFor } from "./proxy.ts";
import { type ServerAddress, serverAddress } from "./server-address.ts";

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
  /** As kubectl knows it; empty where a pod has no kubeconfig. */
  readonly context: string;
  /** As the kubeconfig says it, without a trailing slash. */
  readonly server: string;
  readonly url: URL;
  /** `host:port`, to be spoken of. */
  readonly host: string;
  /** `host:port` of the proxy on the way there. */
  readonly proxy?: string;
  /** Where the proxy is written, for a remedy. */
  readonly proxySource: string;
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
  const address = addressOf(cluster);
  if (!address.ok) return address;
  const ca = await flattened(cluster, "certificate-authority", cluster.caData, cluster.caFile);
  if (!ca.ok) return ca;
  const flat = { ...cluster, caData: ca.value, caFile: undefined };
  const { allowExec = false, pluginTimeout = 60_000, timeout = 10_000, env = process.env } = options;
  const credentials = await credentialsOf(user, { allowExec, pluginTimeout, cluster: flat });
  if (!credentials.ok) return credentials;
  const proxy = proxyFor(address.value.url, cluster, env);
  if (!proxy.ok) return proxy;
  const authorities = new Authorities(flat, address.value, proxy.value);
  return answered({
    context: kubeconfig.inCluster ? "" : context,
    server: shown(cluster.server),
    url: address.value.url,
    host: address.value.host,
    ...(proxy.value ? { proxy: proxy.value.host } : {}),
    proxySource: cluster.proxyUrl ? `proxy-url of cluster "${cluster.name}"` : "HTTPS_PROXY and NO_PROXY",
    timeout,
    names: { cluster: cluster.name, user: user.name, file: cluster.file },
    credentials: credentials.value,
    async authorize() {
      const current = await credentials.value.current();
      if (!current.ok) return current;
      const fit = sendable(current.value.headers, user);
      return fit.ok ? answered(authorities.for(current.value)) : fit;
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
  const user = users.get(context.user) ?? (context.user === "" ? nobody(cluster?.file ?? "") : undefined);
  const remedy = `Correct the context in ${files}, or get a new kubeconfig.`;
  if (!cluster)
    return no(`Context "${name}" names the cluster "${context.cluster}", which is not in ${files}.`, remedy);
  if (user) return answered({ context: name, cluster, user });
  return no(`Context "${name}" names the user "${context.user}", which is not in ${files}.`, remedy);
}

/** Asked by nobody in particular. */
function nobody(file: string): UserEntry {
  return { name: "", file, impersonateGroups: [], impersonateExtra: {} };
}

function addressOf(cluster: ClusterEntry): Answer<ServerAddress> {
  const { server } = cluster;
  const remedy = `Write \`server: https://HOST:PORT\` for cluster "${cluster.name}" in ${cluster.file}.`;
  if (!server) return refused("config", `Cluster "${cluster.name}" in ${cluster.file} has no server.`, remedy);
  const address = serverAddress(server);
  if (address) return answered(address);
  return refused(
    "config",
    `The server "${shown(server)}" of cluster "${cluster.name}" in ${cluster.file} is not a URL.`,
    remedy,
  );
}
