import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { loadAll, YAMLException } from "js-yaml";
import { type Answer, answered, refused } from "#core/cluster.ts";

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

/** One entry of `clusters`, `users` or `contexts`: its fields as written, and the file that says them. */
export interface Entry {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file: string;
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
  const documents: Document[] = [];
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

interface Document {
  readonly file: string;
  readonly clusters: readonly Entry[];
  readonly users: readonly Entry[];
  readonly contexts: readonly Entry[];
  readonly current?: string;
}

async function readDocument(file: string): Promise<Answer<Document | undefined>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    if (code === "ENOENT") return answered(undefined);
    return refused(
      "config",
      `The kubeconfig ${file} cannot be read: ${code}.`,
      `Check what ${file} is and who may read it.`,
    );
  }
  const parsed = parse(file, text);
  return parsed.ok ? documentOf(file, parsed.value) : parsed;
}

function parse(file: string, text: string): Answer<Readonly<Record<string, unknown>>> {
  const remedy = `Repair ${file}; \`kubectl config view\` tells when it can be read.`;
  try {
    // An empty file is an empty kubeconfig; of several documents kubectl reads the first.
    const value = loadAll(text)[0] ?? {};
    if (isMapping(value)) return answered(value);
    return refused("config", `The kubeconfig ${file} is not a mapping of clusters, users and contexts.`, remedy);
  } catch (error) {
    // The parser quotes what is around the mistake, and that may be a token.
    const mark = error instanceof YAMLException ? error.mark : undefined;
    const place = mark ? ` (line ${mark.line + 1}, column ${mark.column + 1})` : "";
    const reason = error instanceof YAMLException ? error.reason.replace(/"[^"]*"/g, '"…"') : "unreadable";
    return refused("config", `The kubeconfig ${file} is not valid YAML${place}: ${reason}.`, remedy);
  }
}

function documentOf(file: string, fields: Readonly<Record<string, unknown>>): Answer<Document> {
  const lists: Record<string, readonly Entry[]> = {};
  for (const [list, inner] of [
    ["clusters", "cluster"],
    ["users", "user"],
    ["contexts", "context"],
  ] as const) {
    const read = entriesIn(file, fields, list, inner);
    if (!read.ok) return read;
    lists[inner] = read.value;
  }
  const current = fields["current-context"];
  return answered({
    file,
    clusters: lists.cluster ?? [],
    users: lists.user ?? [],
    contexts: lists.context ?? [],
    ...(typeof current === "string" && current !== "" ? { current } : {}),
  });
}

function entriesIn(
  file: string,
  fields: Readonly<Record<string, unknown>>,
  list: string,
  inner: string,
): Answer<readonly Entry[]> {
  const items = fields[list] ?? [];
  const remedy = `Write ${list} in ${file} as a list of entries with \`name\` and \`${inner}\`.`;
  if (!Array.isArray(items)) return refused("config", `In the kubeconfig ${file}, ${list} is not a list.`, remedy);
  const found: Entry[] = [];
  for (const [index, item] of items.entries()) {
    if (!isMapping(item) || typeof item.name !== "string" || item.name === "") {
      return refused("config", `In the kubeconfig ${file}, ${list}[${index}] has no name.`, remedy);
    }
    const own = item[inner] ?? {};
    if (!isMapping(own))
      return refused("config", `In the kubeconfig ${file}, ${inner} "${item.name}" is not a mapping.`, remedy);
    found.push({ name: item.name, fields: own, file });
  }
  return answered(found);
}

function merge(documents: readonly Document[]): Kubeconfig {
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
  const cluster = textOf(context, "cluster") ?? "";
  const user = textOf(context, "user") ?? "";
  const server = textOf(clusters.get(cluster), "server");
  return {
    name: context.name,
    cluster,
    user,
    namespace: textOf(context, "namespace") ?? "default",
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
  if (textOf(user, "token") ?? textOf(user, "tokenFile")) return "token";
  if (textOf(user, "client-certificate-data") ?? textOf(user, "client-certificate")) return "client certificate";
  if (user?.fields["auth-provider"]) return "auth provider";
  return textOf(user, "username") ? "password" : "nobody";
}

/** A field that is a text and not empty. */
export function textOf(entry: Entry | undefined, field: string): string | undefined {
  const value = entry?.fields[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The folder relative file names of an entry are relative to. */
export function folderOf(entry: Entry): string {
  return dirname(entry.file);
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
