import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Workspace } from "#core/lint/workspace.ts";
import { parseDocument } from "#core/manifest/document.ts";
import type { Position, TextChange } from "#core/manifest/file.ts";
import { rules } from "#core/rules/index.ts";
import { type Cut, cut, fragment, manifest } from "./texts.ts";

const runs = { numRuns: Number(process.env.FC_RUNS ?? 150) };

test("no text makes the parser throw", () => {
  const any = fc.oneof(
    fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 200 }),
  );
  fc.assert(
    fc.property(any, (text) => {
      const { resources, problems } = parseDocument(text);
      for (const { root } of resources) for (const { start, end } of root.scalars()) within(text, start, end);
      for (const { start, end } of problems) within(text, start, end);
    }),
    { numRuns: runs.numRuns * 5 },
  );
});

test("incremental equals from scratch after any edits, and no rule crashes", () => {
  fc.assert(
    fc.property(manifest, fc.array(cut, { minLength: 1, maxLength: 6 }), (text, cuts) => {
      const workspace = new Workspace(rules);
      workspace.open("a.yaml", text);
      let now = text;
      for (const each of cuts) {
        const { change, result } = made(now, each);
        workspace.change("a.yaml", change);
        now = result;
        assert.equal(workspace.file("a.yaml")?.text, now);
        // Checked or not between two edits: both happen.
        if (each.length % 2 === 0) workspace.check("a.yaml");
      }
      assert.deepEqual(said(workspace), fromScratch(now));
    }),
    runs,
  );
});

test("a line break before a byte order mark moves what stands below as far as the text", () => {
  const text =
    "\ufeffx: 1\nkind: Service\nspec:\n  ipFamilyPolicy: PreferDualStack\n  ipFamilies:\n    - IPv4\n    - IPv6\n";
  const workspace = new Workspace(rules);
  workspace.open("a.yaml", text);
  workspace.check("a.yaml");
  const start = { line: 0, character: 0 };
  workspace.change("a.yaml", { start, end: start, text: "\n" });
  assert.equal(
    workspace.check("a.yaml").some(({ findings }) => findings.length > 0),
    true,
  );
  assert.deepEqual(said(workspace), fromScratch(`\n${text}`));
});

test("an edit that is undone leaves what was found before", () => {
  fc.assert(
    fc.property(manifest, cut, (text, each) => {
      const workspace = new Workspace(rules);
      workspace.open("a.yaml", text);
      const before = said(workspace);
      const { change, result, start, end } = made(text, each);
      workspace.change("a.yaml", change);
      workspace.check("a.yaml");
      const back = { start: positionAt(result, start), end: positionAt(result, start + each.text.length) };
      workspace.change("a.yaml", { ...back, text: text.slice(start, end) });
      assert.equal(workspace.file("a.yaml")?.text, text);
      assert.deepEqual(said(workspace), before);
    }),
    runs,
  );
});

function within(text: string, start: number, end: number): void {
  assert.equal(start >= 0 && start <= end && end <= text.length, true, `${start} to ${end} of ${text.length}`);
}

function fromScratch(text: string): unknown {
  const workspace = new Workspace(rules);
  workspace.open("a.yaml", text);
  return said(workspace);
}

/** What the rules say, in positions of the whole file. */
function said(workspace: Workspace): unknown {
  const file = workspace.file("a.yaml");
  return workspace.check("a.yaml").map(({ document, findings, crashes }, index) => {
    assert.deepEqual(crashes, []);
    return {
      text: document.text,
      json: document.resources.map((resource) => [resource.kind, resource.partial, resource.toJSON()]),
      problems: document.problems,
      findings: findings.map(({ rule, path, message, start, end, fixes }) => [
        rule,
        path,
        message,
        file?.position(index, start),
        file?.position(index, end),
        fixes,
      ]),
    };
  });
}

function made(text: string, { at, length, text: added }: Cut) {
  const start = Math.floor(at * text.length);
  const end = Math.min(text.length, start + length);
  const change: TextChange = { start: positionAt(text, start), end: positionAt(text, end), text: added };
  return { change, start, end, result: text.slice(0, start) + added + text.slice(end) };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
