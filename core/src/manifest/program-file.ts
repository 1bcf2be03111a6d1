import { embeddedKind, embedWhole, structured } from "./embedded.ts";
import type { Node } from "./node.ts";
import { parseYaml } from "./parse.ts";
import { Resource } from "./resource.ts";

/**
 * Files that rules read although they are no manifests: what a program is configured with, as it also stands in ConfigMaps. Those whose
 * names say it all are looked for in folders.
 */
const sought = /(?:^|[\\/])(?:Corefile|net-conf\.json|[^\\/]+\.conflist)$/;
/** The same for those who take globs of names. */
export const soughtGlobs: readonly string[] = ["Corefile", "net-conf.json", "*.conflist"];
const named = /^(?:Corefile(?:\.[\w-]+)?|net-conf\.json|.+\.(?:conflist|conf|cnf|cfg))$/;

/** Whether a file found in a folder is to be read, by its name or path. */
export function isManifest(name: string): boolean {
  return /\.ya?ml$/.test(name) || sought.test(name);
}

/** The kind of a file that is no YAML, as {@link embeddedKind} has it; undefined for manifests. */
export function programOf(path: string, text: () => string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/\.ya?ml$/.test(name) || !named.test(name)) return undefined;
  const kind = embeddedKind(name, text());
  return kind === "Yaml" ? undefined : kind;
}

/** What rules look at; nothing in what is still to be filled in. */
export function programResources(text: string, kind: string): readonly Resource[] {
  if (/\{[{%]/.test(text)) return [];
  const embedded = embedWhole(text, kind);
  const empty: Node = { kind: "map", start: 0, end: embedded.text.length, flow: false, pairs: [] };
  const roots = structured.has(kind) ? parseYaml(embedded.text).roots : [empty];
  return roots.map((root) => new Resource(root, { steps: [], partial: false, source: text, embedded }));
}
