import { readFile } from "node:fs/promises";
import {
  type Cluster,
  type Context,
  newClusters,
  newUsers,
  type User,
} from "@kubernetes/client-node/dist/config_types.js";
import { loadAll, YAMLException } from "js-yaml";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { isMapping, type Mapping, mappingIn, textIn } from "./mapping.ts";

/** What one file of a kubeconfig says. */
export interface KubeconfigDocument {
  readonly file: string;
  readonly clusters: readonly ClusterEntry[];
  readonly users: readonly UserEntry[];
  readonly contexts: readonly Context[];
  readonly current?: string;
}

/** A cluster, and the file that says it; `server` is empty where none is said. */
export interface ClusterEntry extends Cluster {
  readonly file: string;
}

/** A user, the file that says it, and what client-node does not read of it. */
export interface UserEntry extends User {
  readonly file: string;
  readonly tokenFile?: string | undefined;
  readonly impersonateUid?: string | undefined;
  readonly impersonateGroups: readonly string[];
  readonly impersonateExtra: Readonly<Record<string, readonly string[]>>;
}

/**
 * Reads one file; undefined where there is none. Refuses with `config`, never quoting what is in it.
 *
 * client-node reads the entries, but not the file: its `loadFromFile` throws the parser's message, which quotes what is
 * around a mistake, takes a list that is none for an empty one, and fails as a whole for one bad entry.
 */
export async function readDocument(file: string): Promise<Answer<KubeconfigDocument | undefined>> {
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

function parse(file: string, text: string): Answer<Mapping> {
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

function documentOf(file: string, fields: Mapping): Answer<KubeconfigDocument> {
  const clusters = entriesIn(file, fields, "clusters", "cluster", clusterOf);
  if (!clusters.ok) return clusters;
  const users = entriesIn(file, fields, "users", "user", userOf);
  if (!users.ok) return users;
  const contexts = entriesIn(file, fields, "contexts", "context", contextOf);
  if (!contexts.ok) return contexts;
  const current = textIn(fields, "current-context");
  return answered({
    file,
    clusters: clusters.value,
    users: users.value,
    contexts: contexts.value,
    ...(current === undefined ? {} : { current }),
  });
}

function entriesIn<T>(
  file: string,
  fields: Mapping,
  list: string,
  inner: string,
  read: (name: string, own: Mapping, file: string) => T,
): Answer<readonly T[]> {
  const items = fields[list] ?? [];
  const remedy = `Write ${list} in ${file} as a list of entries with \`name\` and \`${inner}\`.`;
  if (!Array.isArray(items)) return refused("config", `In the kubeconfig ${file}, ${list} is not a list.`, remedy);
  const found: T[] = [];
  for (const [index, item] of items.entries()) {
    const name = isMapping(item) ? textIn(item, "name") : undefined;
    if (name === undefined)
      return refused("config", `In the kubeconfig ${file}, ${list}[${index}] has no name.`, remedy);
    const own = item[inner] ?? {};
    if (!isMapping(own))
      return refused("config", `In the kubeconfig ${file}, ${inner} "${name}" is not a mapping.`, remedy);
    found.push(read(name, wellTyped(own), file));
  }
  return answered(found);
}

/** client-node takes whatever stands where a text is meant, a number for instance, and fails on it much later. */
function wellTyped(fields: Mapping): Mapping {
  const fits = ([name, value]: [string, unknown]) => structured[name]?.(value) ?? textIn(fields, name) !== undefined;
  return Object.fromEntries(Object.entries(fields).filter(fits));
}

const structured: Readonly<Record<string, (value: unknown) => boolean>> = {
  exec: isMapping,
  "auth-provider": isMapping,
  "as-groups": Array.isArray,
  "as-user-extra": isMapping,
  "insecure-skip-tls-verify": (value) => value === true,
};

/** A cluster without a server stays: client-node drops it, and whoever uses it is to hear what it lacks. */
function clusterOf(name: string, own: Mapping, file: string): ClusterEntry {
  const [cluster = { name, server: "", skipTLSVerify: false }] = newClusters([{ name, cluster: own }], {
    onInvalidEntry: "filter",
  });
  return { ...cluster, file };
}

/** `token-file` is no field of a kubeconfig, and yet client-node reads the file it names, here and now. */
function userOf(name: string, { "token-file": _, ...own }: Mapping, file: string): UserEntry {
  const [user = { name }] = newUsers([{ name, user: own }]);
  return {
    ...user,
    file,
    tokenFile: textIn(own, "tokenFile"),
    impersonateUid: textIn(own, "as-uid"),
    impersonateGroups: textsIn(own["as-groups"]),
    impersonateExtra: Object.fromEntries(
      Object.entries(mappingIn(own, "as-user-extra")).map(([key, values]) => [key, textsIn(values)]),
    ),
  };
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

/** client-node drops a context without a cluster, which `kubectl config set-context` makes. */
function contextOf(name: string, own: Mapping): Context {
  const text = (field: string) => textIn(own, field) ?? "";
  return { name, cluster: text("cluster"), user: text("user"), namespace: text("namespace") || "default" };
}
