/**
 * Writes everything that is made from the one-file-each folders: their index, the documentation pages, the numbers in
 * the README and the settings in package.json. `node scripts/generate.ts` writes; the test in test/generated.test.ts
 * compares.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Declared } from "#client/declared.ts";
import type { Cause } from "#core/judging/cause.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import "./without-editor.ts";
import { missingExamples } from "./cause-examples.ts";
import { causePages } from "./cause-pages.ts";
import { configSchema } from "./config-schema.ts";
import { commandsPage, settingsPage, webCommands, withCommands, withRuleSettings } from "./contributions.ts";
import { bundleOf, resolved, titlesOf } from "./localization.ts";
import { camel, folders, indexOf, members, root, urlOf } from "./one-a-file.ts";
import { allOperations, operationsFile } from "./operations.ts";
import { rulePages } from "./pages.ts";
import { withRights } from "./rights-table.ts";
import { withTwins } from "./twins-table.ts";

/** Path from the project's top, and text, of every generated file. */
export async function generated(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of folders) files.set(`${folder.path}/index.ts`, indexOf(folder));
  const rules = (await members<NamedRule["rule"]>("core/src/rules", "rule")).map(({ id, member }) => ({
    id,
    rule: member,
  }));
  const causes = (await members<Cause>("core/src/causes", "cause")).map(({ id, member }) => ({ id, cause: member }));
  // Judged as in the tests, so that no page shows what no test has seen; they find causes by the index, also a new one.
  if (!process.env.CI) {
    put(files);
    const examples = missingExamples(causes.map(({ id }) => id));
    put(examples);
    for (const [path, text] of examples) files.set(path, text);
  }
  const operations = await allOperations();
  files.set("cli/src/operations.ts", operationsFile(operations));
  const { exampleText } = (await import(urlOf("test/causes/example.ts"))) as { exampleText(id: string): string };
  const [faults, unmade] = ["unnamed-faults", "unmade-causes"].map((name) =>
    JSON.parse(readFileSync(join(root, `scripts/${name}.json`), "utf8")),
  );
  for (const [path, text] of [...rulePages(root, rules), ...causePages(causes, exampleText, faults, unmade)])
    files.set(path, text);
  const commands = await members<Declared>("client/src/commands", "declared");
  files.set("client/src/web/commands.ts", webCommands(commands));
  const manifest = withRuleSettings(withCommands(readFileSync(join(root, "package.json"), "utf8"), commands), rules);
  files.set("package.json", manifest);
  const titles = commands.map(({ id, member }) => ({ id: camel(id), title: member.title }));
  const texts = titlesOf(readFileSync(join(root, "package.nls.json"), "utf8"), titles);
  files.set("package.nls.json", texts);
  files.set("l10n/bundle.l10n.json", bundleOf(root));
  files.set("README.md", counted(readFileSync(join(root, "README.md"), "utf8"), rules.length, causes.length));
  files.set("docs/commands.md", commandsPage(resolved(manifest, texts), operations));
  files.set("docs/settings.md", settingsPage(resolved(manifest, texts)));
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

if (import.meta.main) {
  const files = await generated();
  const changed = [...stale(files), ...leftovers(files)];
  write(files);
  console.log(changed.length === 0 ? "everything generated is up to date" : `written: ${changed.join(", ")}`);
}
