import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { type Answer, answered, refused } from "#core/cluster.ts";
import { type Entry, type KubeconfigDocument, readDocument } from "./kubeconfig-document.ts";
import { textIn } from "./mapping.ts";

export interface KubeconfigOptions {
  /** One file, as `kubectl --kubeconfig` takes it; it must exist and nothing else is read. */
  readonly path?: string;
  /** Where KUBECONFIG is looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
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
}

export interface Entries {
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
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
 * of several files those that are missing are skipped. Refuses with `config`.
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
    return refused("config", `There is no kubeconfig: ${candidates.join(", ")} does not exist.`, remedyForMissing);
  }
  return answered(merge(documents));
}

const remedyForMissing =
  "Get a kubeconfig from whoever runs the cluster, and name it in KUBECONFIG or copy it to ~/.kube/config.";

function merge(documents: readonly KubeconfigDocument[]): Kubeconfig {
  const clusters = firstByName(documents.flatMap((document) => document.clusters));
  const users = firstByName(documents.flatMap((document) => document.users));
  const contexts = firstByName(documents.flatMap((document) => document.contexts));
  const current = documents.find((document) => document.current !== undefined)?.current;
  const kubeconfig: Kubeconfig = {
    files: documents.map((document) => document.file),
    contexts: [...contexts.values()].map((context) => contextOf(context, { clusters, users })),
    ...(current === undefined ? {} : { current }),
  };
  entries.set(kubeconfig, { clusters, users });
  return kubeconfig;
}

function firstByName(all: readonly Entry[]): ReadonlyMap<string, Entry> {
  const byName = new Map<string, Entry>();
  for (const entry of all) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return byName;
}

function contextOf(context: Entry, { clusters, users }: Entries): KubeconfigContext {
  const cluster = textIn(context.fields, "cluster") ?? "";
  const user = textIn(context.fields, "user") ?? "";
  const server = textIn(clusters.get(cluster)?.fields, "server");
  return {
    name: context.name,
    cluster,
    user,
    namespace: textIn(context.fields, "namespace") ?? "default",
    userKind: userKind(users.get(user)),
    ...(server === undefined ? {} : { server: shown(server) }),
  };
}

/** A server as it may be shown: without the password a URL can carry, and without a trailing slash. */
export function shown(server: string): string {
  return server.replace(/\/\/[^/@]*@/, "//").replace(/\/+$/, "");
}

/** In the order in which client-go prefers them. */
function userKind(user: Entry | undefined): UserKind {
  if (user?.fields.exec) return "exec plugin";
  if (textIn(user?.fields, "token") ?? textIn(user?.fields, "tokenFile")) return "token";
  if (textIn(user?.fields, "client-certificate-data") ?? textIn(user?.fields, "client-certificate"))
    return "client certificate";
  if (user?.fields["auth-provider"]) return "auth provider";
  return textIn(user?.fields, "username") ? "password" : "nobody";
}
