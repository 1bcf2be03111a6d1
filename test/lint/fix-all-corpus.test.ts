import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseAllDocuments } from "yaml";
import { formatAddress, formatPrefix, parseAddress, parsePrefix } from "#core/addresses/address.ts";
import type { Shape } from "#core/addresses/shape.ts";
import { spellingAlone } from "#core/lint/bulk-fix.ts";
import { type Mended, mendAll } from "#core/lint/fix-all.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import { rules } from "#core/rules/index.ts";
import { whole } from "../support/whole.ts";

/** Whatever is written, `--fix` leaves it sound, says the same of who reaches whom, and has nothing to do a second time. */
describe("what is mended in bulk of every manifest here", () => {
  let mended = 0;
  for (const [turn, { name, text }] of manifests().entries())
    it(name, () => {
      const ways = waysToWrite(text);
      // As it is, and in one of the other ways, the next with each text, where not all is tried.
      for (const [how, written] of whole ? ways : [...ways.slice(0, 1), ...ways.slice(1 + (turn % 3), 2 + (turn % 3))])
        for (const cluster of how === "as it is" && written.length < 50_000 ? shapesFor(turn) : usual)
          mended += holds(written, cluster, how) ? 1 : 0;
    });
  it("there was something to mend", () => assert.ok(mended > 50, `${mended} texts were mended`));
});

const shapes: readonly Shape[] = ["unknown", "v4", "dual-v6"];
const usual: readonly Shape[] = ["unknown"];
const shapesFor = (turn: number) => (whole ? shapes : shapes.slice(turn % 3, (turn % 3) + 1));

function manifests(): { name: string; text: string }[] {
  const files = ["../cases/", "../articles/", "../../examples/"].flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => ({ name, text: readFileSync(new URL(name, url), "utf8") }));
  });
  const examples = rules.map(({ id, rule }) => ({ name: `example of ${id}`, text: rule.example.bad }));
  // All beside each other: what is said of one must not be mended in another.
  const sound = files.filter(({ text }) => errors(text) === 0);
  const all = sound.map(({ text }) => text.replace(/^---\n/, "")).join("\n---\n");
  return [...files, ...examples, { name: "all of them in one file", text: all }];
}

function waysToWrite(text: string): readonly (readonly [how: string, text: string])[] {
  if (text.length > 50_000) return [["as it is", text]];
  return [
    ["as it is", text],
    ["with the line ends of Windows", text.replaceAll("\n", "\r\n")],
    ["below what is broken", `kind: Service\nspec: [\n---\n${text.replace(/^---\n/, "")}`],
    ["in the branch of a template", `{{- if .Values.on }}\n${text.trimEnd()}\n{{- end }}\n`],
  ];
}

function holds(text: string, cluster: Shape, how: string): boolean {
  const once = mend(text, cluster);
  const after = once?.text ?? text;
  assert.equal(mend(after, cluster)?.text ?? after, after, `${how}: a second run changes something`);
  if (!once) return false;
  const edits = once.changes.flatMap((change) => change.edits);
  assert.equal(after, applyEdits(text, edits), `${how}: something outside the edits has changed`);
  for (const finding of once.changes.flatMap(({ owners }) => owners))
    assert.equal(finding.fixes[0]?.kind, "spelling", `${how}: ${finding.rule} decides something`);
  // What is no YAML before Helm has read it is none afterwards.
  assert.ok(text.includes("{{") || errors(after) <= errors(text), `${how}: it parses worse\n${after}`);
  assert.deepEqual(policies(after), policies(text), `${how}: a policy says something else`);
  const left = familiesOf(after);
  for (const [index, families] of familiesOf(text).entries())
    assert.ok(
      families.every((family) => left[index]?.includes(family)),
      `${how}: a family is gone`,
    );
  return true;
}

function mend(text: string, cluster: Shape): Mended | undefined {
  const workspace = new Workspace(rules, { cluster, kubernetes: 36 });
  workspace.open("/w/a.yaml", text);
  return mendAll(workspace, ["/w/a.yaml"], spellingAlone).get("/w/a.yaml");
}

function documents(text: string) {
  return parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent" });
}

function errors(text: string): number {
  return documents(text).reduce((sum, document) => sum + document.errors.length, 0);
}

/** Everything that a policy says, its addresses in one spelling and its words in one case. */
function policies(text: string): readonly string[] {
  return objects(text)
    .filter(({ kind }) => /Policy$/.test(String(kind)))
    .map((policy) =>
      JSON.stringify(policy, (_, value: unknown) => (typeof value === "string" ? spelled(value) : value)),
    );
}

function spelled(text: string): string {
  const bare = text.replace(/^\[(.*)\]/, "$1");
  const address = parseAddress(bare);
  const prefix = parsePrefix(bare);
  return address ? formatAddress(address) : prefix ? formatPrefix(prefix) : text.toLowerCase();
}

/** The families that each Service names, whatever their spelling. */
function familiesOf(text: string): readonly (readonly string[])[] {
  return objects(text)
    .filter(({ kind }) => kind === "Service")
    .map(({ spec }) => {
      const { ipFamilies } = (spec ?? {}) as Record<string, unknown>;
      return [ipFamilies ?? []].flat().map((family) => String(family).replace(/\D/g, ""));
    });
}

function objects(text: string): readonly Record<string, unknown>[] {
  return documents(text).flatMap((document) => {
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return value && typeof value === "object" ? [value as Record<string, unknown>] : [];
  });
}
