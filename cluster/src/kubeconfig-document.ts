import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { loadAll, YAMLException } from "js-yaml";
import { type Answer, answered, refused } from "#core/cluster.ts";
import { isMapping, type Mapping } from "./mapping.ts";

/** What one file of a kubeconfig says. */
export interface KubeconfigDocument {
  readonly file: string;
  readonly clusters: readonly Entry[];
  readonly users: readonly Entry[];
  readonly contexts: readonly Entry[];
  readonly current?: string;
}

/** One entry of `clusters`, `users` or `contexts`: its fields as written, and the file that says them. */
export interface Entry {
  readonly name: string;
  readonly fields: Mapping;
  readonly file: string;
}

/** Reads one file; undefined where there is none. Refuses with `config`, never quoting what is in it. */
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

function entriesIn(file: string, fields: Mapping, list: string, inner: string): Answer<readonly Entry[]> {
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

/** The folder relative file names of an entry are relative to. */
export function folderOf(entry: Entry): string {
  return dirname(entry.file);
}
