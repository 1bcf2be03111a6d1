import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { inCluster, serviceAccountFolder } from "./in-cluster.ts";
import { type ClusterEntry, type KubeconfigDocument, readDocument, type UserEntry } from "./kubeconfig-document.ts";

export interface KubeconfigOptions {
  /** One file, as `kubectl --kubeconfig` takes it; it must exist and nothing else is read. */
  readonly path?: string;
  /** Where KUBECONFIG is looked up, and whether this is a pod. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where a pod finds who it is. */
  readonly serviceAccount?: string;
}

/** How a context says who the user is. */
export type UserKind = "token" | "client certificate" | "exec plugin" | "password" | "auth provider" | "nobody";

export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  /** `https://host:port` of the API server; undefined where the context names a cluster the kubeconfig does not have. */
  readonly server?: string;
  /** The namespace that is meant when none is said. */
  readonly namespace: string;
  readonly userKind: UserKind;
}

/** What a person may see of a kubeconfig: it holds no credential, so it can be shown, logged and sent. */
export interface Kubeconfig {
  /** The files that were read, in the order in which they win. */
  readonly files: readonly string[];
  readonly contexts: readonly KubeconfigContext[];
  readonly current?: string;
  /** There is no kubeconfig, and so no context that kubectl would know by its name: a pod speaks for itself. */
  readonly inCluster?: true;
}

export interface Entries {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
}

/** Kept apart from `Kubeconfig` because the users hold tokens and keys. */
const entries = new WeakMap<Kubeconfig, Entries>();

export function entriesOf(kubeconfig: Kubeconfig): Entries {
  return entries.get(kubeconfig) ?? { clusters: new Map(), users: new Map() };
}

/**
 * The files a kubeconfig is made of, whether they exist or not.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function kubeconfigFiles({ path, env = process.env }: KubeconfigOptions = {}): readonly string[] {
  if (path !== undefined) return [path];
  const named = (env.KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
  if (named.length > 0) return [...new Set(named)];
  return [join(env.HOME ?? env.USERPROFILE ?? homedir(), ".kube", "config")];
}

/**
 * Reads and merges the kubeconfig as kubectl does: the first file that names an entry, or a current context, wins;
 * of several files those that are missing are skipped; without any, a pod speaks for itself. Refuses with `config`.
 */
export async function readKubeconfig(options: KubeconfigOptions = {}): Promise<Answer<Kubeconfig>> {
  const candidates = kubeconfigFiles(options);
  const documents: KubeconfigDocument[] = [];
  for (const file of candidates) {
    const document = await readDocument(file);
    if (!document.ok) return document;
    if (document.value) documents.push(document.value);
  }
  if (documents.length === 0) {
    const { path, env = process.env, serviceAccount = serviceAccountFolder } = options;
    const own = path === undefined ? inCluster(env, serviceAccount) : undefined;
    if (own) return answered(merge([own], true));
    return refused("absent", `There is no kubeconfig: ${candidates.join(", ")} does not exist.`, remedyForMissing);
  }
  return answered(merge(documents));
}

const remedyForMissing =
  "Get a kubeconfig from whoever runs the cluster, and name it in KUBECONFIG or copy it to ~/.kube/config.";

/** client-node's `mergeConfig` throws where two files name the same entry, and lets the last current context win. */
function merge(documents: readonly KubeconfigDocument[], pod = false): Kubeconfig {
  const clusters = firstByName(documents.flatMap((document) => document.clusters));
  const users = firstByName(documents.flatMap((document) => document.users));
  const contexts = firstByName(documents.flatMap((document) => document.contexts));
  const current = documents.find((document) => document.current !== undefined)?.current;
  const kubeconfig: Kubeconfig = {
    files: documents.map((document) => document.file),
    contexts: [...contexts.values()].map(({ name, cluster, user, namespace = "default" }) => {
      const server = clusters.get(cluster)?.server;
      const userKind = userKindOf(users.get(user));
      return { name, cluster, user, namespace, userKind, ...(server ? { server: shown(server) } : {}) };
    }),
    ...(current === undefined ? {} : { current }),
    ...(pod ? { inCluster: true } : {}),
  };
  entries.set(kubeconfig, { clusters, users });
  return kubeconfig;
}

function firstByName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const entry of all) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return byName;
}

/** A server as it may be shown: without the password a URL can carry, and without a trailing slash. */
export function shown(server: string): string {
  return server.replace(/\/\/[^/@]*@/, "//").replace(/(?<!\/)\/+$/, "");
}

/** In the order in which client-go prefers them. */
function userKindOf(user: UserEntry | undefined): UserKind {
  if (user?.exec) return "exec plugin";
  if (user?.token || user?.tokenFile) return "token";
  if (user?.certData || user?.certFile) return "client certificate";
  if (user?.authProvider) return "auth provider";
  return user?.username ? "password" : "nobody";
}
