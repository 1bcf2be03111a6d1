import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./one-a-file.ts";
import { type Files, ofDiagnosis } from "./templates-of-diagnosis.ts";

/** The version that is worked on: a release is made of what package.json says. */
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** By kind; `probe` is the name of a second file, which a cause may come with. */
export const templates: Readonly<Record<string, (id: string, probe?: string) => Files>> = {
  rule: (id) => ({
    [`core/src/rules/${id}.ts`]: `import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "TODO: what is wrong, in one line",
  why: \`TODO: why it matters and what to do.\`,
  source: "https://TODO",
  since: "${version}",
  severity: "warning",
  kinds: ["Service"],
  // Words without which a document cannot concern the rule; left out, every document of these kinds is looked at.
  mentions: [/TODO/],
  example: {
    bad: \`kind: Service
\`,
    good: \`kind: Service
\`,
  },

  *check(resource) {
    const at = resource.get("spec", "TODO");
    if (at?.text !== "TODO") return;
    yield {
      at,
      message: "TODO: what is wrong and what to do, in about 80 characters",
      // "spelling" only if it leaves reach, families and programs as they are; left out where nobody can know what is meant.
      fix: { kind: "spelling", title: "TODO: what it does", edits: [at.replace("TODO")] },
    };
  },
};
`,
    [`test/rules/${id}.test.ts`]: `import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("${id}");

// Carets show what is underlined; 💡 behind them, that a fix is offered.
reports("TODO")\`
  kind: Service
  spec:
    TODO: value
    #     ^^^^^ 💡 TODO: what is wrong and what to do
\`;

accepts("TODO: what looks alike and is right")\`
  kind: Service
\`;
`,
  }),

  ...ofDiagnosis,

  // Every snippet is held against every rule by test/editor/snippets.test.ts.
  snippet: (id) => ({
    [`core/src/editor/snippets/${id}.ts`]: `import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "TODO: what it is, as the command lists it",
  body: \`apiVersion: TODO
kind: TODO
metadata:
  name: \\\${1:name}
\`,
  source: "https://TODO",
};
`,
  }),

  // What package.json declares is generated from it; test/extension holds it against what is registered.
  command: (id) => ({
    [`client/src/commands/${id}.ts`]: `import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "TODO: What It Does",
  // Where else than in the palette, and when: menus: { "view/item/context": [{ when: "viewItem == pod", group: "5_copy" }] }
};

/** TODO: what it does, of what. What is thrown is shown as a sentence. */
export const command: EditorCommand = async ({ connection }, argument) => {
  throw new Error(\`TODO: \${connection.current} \${argument}\`);
};
`,
  }),

  topic: (id) => ({
    [`core/src/editor/hover/topics/${id}.ts`]: `import type { FieldDoc } from "../field-doc.ts";

export const topic: readonly FieldDoc[] = [
  {
    kinds: ["TODO"],
    path: "spec.TODO",
    says: "TODO: what the field does per family, in a sentence.",
    source: "https://TODO",
  },
];
`,
    [`test/editor/hover-${id}.test.ts`]: `import assert from "node:assert/strict";
import { test } from "node:test";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { parseDocument } from "#core/manifest/document.ts";

test("hovers of ${id}", () => {
  const text = "kind: TODO\\nspec:\\n  TODO: value\\n";
  assert.match(hoverAt(parseDocument(text), text.lastIndexOf("TODO"))?.text ?? "", /what the field does/);
});
`,
  }),
};
