import { embeddedKind, embedWhole, structured } from "./embedded.ts";
import { type MapNode, type Node, ScalarNode } from "./node.ts";
import { mayInstall } from "./openers/command-lines.ts";
import { isInventory } from "./openers/inventories.ts";
import { parseYaml } from "./parse.ts";
import { Resource } from "./resource.ts";

/**
 * Files that rules read although they are no manifests: what a program is configured with, as it also stands in ConfigMaps. Those whose
 * names say it all are looked for in folders.
 */
const sought =
  /(?:^|[\\/])(?:Corefile|Makefile|net-conf\.json|[^\\/]+\.(?:conflist|sh|service)|(?:hosts|inventory)\.ini)$/;
/** The same for those who take globs of names. */
export const soughtGlobs: readonly string[] = [
  "Corefile",
  "Makefile",
  "net-conf.json",
  "*.conflist",
  "*.sh",
  "*.service",
  "hosts.ini",
  "inventory.ini",
];
const named = /^(?:Corefile(?:\.[\w-]+)?|net-conf\.json|.+\.(?:conflist|conf|cnf|cfg))$/;

/** Whether a file found in a folder is to be read, by its name or path. */
export function isManifest(name: string): boolean {
  return /\.ya?ml$/.test(name) || sought.test(name);
}

/** The kind of a file that is no YAML, as {@link embeddedKind} has it; undefined for manifests. */
export function programOf(path: string, text: () => string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const own = whole[name.slice(Math.max(0, name.lastIndexOf(".")))];
  if (own) return own;
  if (/\.ya?ml$/.test(name) || !named.test(name)) return undefined;
  const kind = embeddedKind(name, text());
  return kind === "Yaml" ? undefined : kind;
}

/** Files that are looked at for what they hold, by their names or how these end; what systemd and make start is written as in a shell. */
const whole: Readonly<Record<string, string>> = {
  ".sh": "ShellScript",
  ".service": "ShellScript",
  Makefile: "ShellScript",
  ".ini": "AnsibleIni",
};

/** The key below which all of the text of such a file stands, since it is opened as the texts of other documents are. */
const keys: Readonly<Record<string, string>> = { ShellScript: "script", AnsibleIni: "inventory" };

/** Most scripts build no cluster, and most INI files are no inventory: there is nothing to be read in those. */
export function holdsNothing(text: string, kind: string): boolean {
  if (kind === "ShellScript") return !mayInstall.test(text);
  return kind === "AnsibleIni" && !isInventory(text);
}

/** What rules look at; nothing in what is still to be filled in. */
export function programResources(text: string, kind: string): readonly Resource[] {
  if (/\{[{%]/.test(text) || holdsNothing(text, kind)) return [];
  const embedded = embedWhole(text, kind);
  const { length } = embedded.text;
  const value = new ScalarNode(0, length, "plain", embedded.text);
  const key = Object.hasOwn(keys, kind) ? new ScalarNode(0, 0, "plain", keys[kind]) : undefined;
  const empty: MapNode = { kind: "map", start: 0, end: length, flow: false, pairs: key ? [{ key, value }] : [] };
  const roots: readonly Node[] = structured.has(kind) ? parseYaml(embedded.text).roots : [empty];
  return roots.map((root) => new Resource(root, { steps: [], partial: false, source: text, embedded }));
}
