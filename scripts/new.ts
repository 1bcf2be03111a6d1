/**
 * `npm run new -- rule|cause|probe|topic|snippet|command ID`: writes the file and its test, as they are written here. The test
 * fails until both are filled in: nobody forgets what is left. docs/architecture.md says what each of them is.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const top = path.resolve(import.meta.dirname, "..");

/** Path and text of each new file, by what it is for. */
type Files = Readonly<Record<string, string>>;

const templates: Readonly<Record<string, (id: string) => Files>> = {
  rule: (id) => ({
    [`core/src/rules/${id}.ts`]: `import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "TODO: what is wrong, in one line",
  why: \`TODO: why it matters and what to do.\`,
  source: "https://TODO",
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
    if (!at) return;
    // A fix is "spelling" only if it leaves reach, families and programs as they are.
    yield { at, message: "TODO: what is wrong and what to do, in about 80 characters" };
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
    #     ^^^^^ TODO: what is wrong and what to do
\`;

accepts("TODO: what looks alike and is right")\`
  kind: Service
\`;
`,
  }),

  cause: (id) => ({
    [`core/src/causes/${id}.ts`]: `import { type Cause, excluded, possible } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "node",
  summary: "TODO: a sentence that is true when the cause is proven",
  why: "TODO: why this breaks IPv6.",
  source: "https://TODO",
  // Causes with the same symptoms; judge says what tells them apart.
  looksLike: [],
  code: "TODO: its one number in the catalogue",

  // biome-ignore lint/correctness/useYield: TODO: ask a probe with "yield* ask(probe, args)"
  *judge(subject) {
    const silent = failedDials(subject, "timeout");
    if (silent.length === 0) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    // proven() wants our own packets that died of it, and the lookalikes that were looked at: see judging/proof.ts.
    return possible("TODO: the decisive observation in a sentence", { fix: "TODO", confirm: "TODO", missing: "TODO" });
  },
};
`,
    [`test/causes/${id}.test.ts`]: `import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;

describe("${id}", () => {
  it("is proven by what was seen while our packets died", () => {
    assert.equal(judge("${id}", { dials: silent, seen: {} }).status, "proven");
  });

  it("is not proven without: TODO background traffic, the other packet filter, the same over IPv4", () => {
    assert.notEqual(judge("${id}", { dials: silent, seen: {} }).status, "proven");
  });
});
`,
  }),

  probe: (id) => ({
    [`core/src/probes/${id}.ts`]: `import { answered } from "../cluster/cluster.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const path = "/proc/TODO";

/** TODO: what it tells, with its unit. */
export const probe: ExecProbe<{ readonly at: Vantage }, string> = {
  id: "${id}",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => \`TODO of \${vantageName(at)}\`,
  // What a person would have typed in the container.
  types: () => ["cat", path],
  // "moving" is read before and after the dials of the same exec: then say in \`always\` which vantages are asked.
  wants: () => [{ op: "file", path }],
  read: (reading) => {
    const text = reading.file(path);
    return text.ok ? answered(text.value) : text;
  },
  line: (value) => value,
};
`,
    [`test/probes/${id}.test.ts`]: `import assert from "node:assert/strict";
import { it } from "node:test";
import { probe } from "#core/probes/${id}.ts";
import { readBundle } from "#core/probing/bundle.ts";

it("${id} is read from what the container prints", () => {
  const at = { kind: "pod", namespace: "default", pod: "a" } as const;
  const printed = "@mark@ F /proc/TODO\\nTODO\\n";
  const answer = probe.read(readBundle("@mark@", printed, probe.wants({ at })), { at });
  assert.deepEqual(answer, { ok: true, value: "TODO: what it makes of it" });
});
`,
  }),

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

/** The files for one thing of a kind; undefined for a kind that is not known, or an id that is no file's name. */
export function filesFor(kind: string, id: string): Files | undefined {
  return /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(id) && Object.hasOwn(templates, kind) ? templates[kind]?.(id) : undefined;
}

function main([kind = "", id = ""]: readonly string[]): number {
  const files = filesFor(kind, id);
  if (!files) {
    console.error(
      `Usage: npm run new -- ${Object.keys(templates).join("|")} ID      (ID in small letters: two-families)`,
    );
    return 2;
  }
  const there = Object.keys(files).find((file) => existsSync(path.join(top, file)));
  if (there) {
    console.error(`${there} is there already`);
    return 2;
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
    writeFileSync(path.join(top, file), text);
    console.log(`wrote ${file}`);
  }
  console.log("Fill in what says TODO, then: npm test");
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
