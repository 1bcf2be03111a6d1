import type { Agent } from "node:http";
import type { AgentOptions } from "node:https";
import { type Answer, answered, refused } from "#core/cluster.ts";
import { Agents, tlsOf } from "./agents.ts";
import { type CredentialSource, credentialsOf } from "./credentials.ts";
import { entriesOf, type Kubeconfig, shown } from "./kubeconfig.ts";
import type { Entry } from "./kubeconfig-document.ts";
import { textIn } from "./mapping.ts";
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
  const agents = new Agents(url.value, tls.value, proxyFor(url.value, textIn(cluster.fields, "proxy-url"), env));
  return answered({
    context,
    server: shown(textIn(cluster.fields, "server") ?? ""),
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
    close: () => void agents.close(),
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
  const user = users.get(context.user);
  const remedy = `Correct the context in ${files}, or get a new kubeconfig.`;
  if (!cluster)
    return no(`Context "${name}" names the cluster "${context.cluster}", which is not in ${files}.`, remedy);
  if (user || context.user === "") return answered({ context: name, cluster, user });
  return no(`Context "${name}" names the user "${context.user}", which is not in ${files}.`, remedy);
}

function urlOf(cluster: Entry): Answer<URL> {
  const server = textIn(cluster.fields, "server");
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
