/**
 * Writes everything that is made from the one-file-each folders: their index, the documentation pages, the numbers in
 * the README and the settings in package.json. `node scripts/generate.ts` writes; the test in test/generated.test.ts
 * compares.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cause } from "#core/judging/cause.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import { causePages } from "./cause-pages.ts";
import { configSchema } from "./config-schema.ts";
import { commandsPage, settingsPage, withOperationTitles, withRuleSettings } from "./contributions.ts";
import { rulePages } from "./pages.ts";
import { withRights } from "./rights-table.ts";
import { withTwins } from "./twins-table.ts";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** A folder of files that each export one thing under the same name; their index lists them under their file names. */
interface Folder {
  readonly path: string;
  /** What each file exports. */
  readonly member: string;
  /** What the index exports. */
  readonly all: string;
  /** A list of `{ id, member }`, or an object with the members under their ids. */
  readonly as: "list" | "object";
}

const folders: readonly Folder[] = [
  { path: "core/src/rules", member: "rule", all: "rules", as: "list" },
  { path: "core/src/editor/hover/topics", member: "topic", all: "topics", as: "list" },
  { path: "core/src/editor/snippets", member: "snippet", all: "snippets", as: "list" },
  { path: "core/src/outputs/formats", member: "format", all: "formats", as: "list" },
  { path: "core/src/causes", member: "cause", all: "causes", as: "object" },
  { path: "core/src/probes", member: "probe", all: "probes", as: "object" },
];

/** Path from the project's top, and text, of every generated file. */
export async function generated(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of folders)
    if (existsSync(join(root, folder.path))) files.set(`${folder.path}/index.ts`, indexOf(folder));
  const rules = (await members<NamedRule["rule"]>("core/src/rules")).map(({ id, member }) => ({ id, rule: member }));
  const causes = (await members<Cause>("core/src/causes")).map(({ id, member }) => ({ id, cause: member }));
  // Judged as in the tests, so that no page shows what no test has seen; they find causes by the index, also a new one.
  if (!process.env.CI) put(files);
  const { exampleText } = (await import(join(root, "test/causes/example.ts"))) as { exampleText(id: string): string };
  const faults = JSON.parse(readFileSync(join(root, "scripts/unnamed-faults.json"), "utf8"));
  for (const [path, text] of [...rulePages(root, rules), ...causePages(causes, exampleText, faults)])
    files.set(path, text);
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  files.set("package.json", withOperationTitles(withRuleSettings(manifest, rules)));
  files.set("README.md", counted(readFileSync(join(root, "README.md"), "utf8"), rules.length, causes.length));
  files.set("docs/commands.md", commandsPage(manifest));
  files.set("docs/settings.md", settingsPage(manifest));
  files.set("docs/kube-ipv6.schema.json", configSchema(rules));
  files.set("docs/admission.md", withTwins(readFileSync(join(root, "docs/admission.md"), "utf8")));
  files.set("docs/permissions.md", withRights(readFileSync(join(root, "docs/permissions.md"), "utf8")));
  return files;
}

/** The README with how many there are. */
function counted(readme: string, rules: number, causes: number): string {
  return readme
    .replace(/\[\d+ rules\]\(docs\/rules\.md\)/, `[${rules} rules](docs/rules.md)`)
    .replace(/\[\d+ causes\]\(docs\/causes\.md\)/, `[${causes} causes](docs/causes.md)`);
}

/** What the files of a folder export, read from the files themselves: the index may be out of date. */
async function members<T>(path: string): Promise<{ readonly id: string; readonly member: T }[]> {
  const { member } = folders.find((folder) => folder.path === path) as Folder;
  return Promise.all(
    idsOf(path).map(async (id) => {
      const module = (await import(join(root, path, `${id}.ts`))) as Readonly<Record<string, T>>;
      return { id, member: module[member] as T };
    }),
  );
}

/** The generated files that are not as they should be on disk. */
export function stale(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text)
    .map(([path]) => path);
}

/** Generated folders may hold nothing else: a page whose rule is gone goes too. */
export function leftovers(files: ReadonlyMap<string, string>): string[] {
  const owned = ["docs/rules", "docs/causes"];
  return owned.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .map((name) => `${folder}/${name}`)
          .filter((path) => !files.has(path))
      : [],
  );
}

export function write(files: ReadonlyMap<string, string>): void {
  put(files);
  for (const path of leftovers(files)) rmSync(join(root, path));
}

function put(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function indexOf({ path, member, all, as }: Folder): string {
  const ids = idsOf(path);
  const imports = ids.map((id) => `import { ${member} as ${camel(id)} } from "./${id}.ts";`);
  const items =
    as === "list"
      ? ids.map((id) => `  { id: "${id}", ${member}: ${camel(id)} },`)
      : ids.map((id) => (id === camel(id) ? `  ${id},` : `  "${id}": ${camel(id)},`));
  const [open, close] = as === "list" ? ["[", "]"] : ["{", "}"];
  const header =
    "// Generated by scripts/generate.ts from the files of this folder. To add one, add its file and run `npm test`.";
  return `${[header, ...imports, "", `export const ${all} = ${open}`, ...items, `${close} as const;`].join("\n")}\n`;
}

function idsOf(path: string): string[] {
  return readdirSync(join(root, path))
    .filter((name) => name.endsWith(".ts") && name !== "index.ts")
    .map((name) => name.slice(0, -3))
    .sort();
}

function camel(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^\d/, "_$&");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await generated();
  const changed = [...stale(files), ...leftovers(files)];
  write(files);
  console.log(changed.length === 0 ? "everything generated is up to date" : `written: ${changed.join(", ")}`);
}
