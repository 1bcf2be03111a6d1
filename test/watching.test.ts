import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

interface Progress {
  begin(out: string): void;
  end(out: string, made: { bytes: number; inputs: object } | undefined): void;
  watch(): void;
}

// What bundles runs on a Node.js that knows no types.
const { bundlingProgress }: { bundlingProgress(print: (line: string) => void): Progress } = await import(
  new URL("../scripts/bundling-progress.mjs", import.meta.url).href
);
const top = path.resolve(import.meta.dirname, "..");
const { tasks } = JSON.parse(readFileSync(path.join(top, ".vscode/tasks.json"), "utf8"));
const { activeOnStart, beginsPattern, endsPattern } = tasks.find(({ label }: { label: string }) => label === "watch")
  .problemMatcher.background;

/** Whether VS Code takes the task for busy, by what it has printed. */
function isBusy(printed: readonly string[]): boolean {
  const turns = printed.filter((line) => new RegExp(`${beginsPattern}|${endsPattern}`).test(line));
  const last = turns.at(-1);
  return last === undefined ? activeOnStart : new RegExp(beginsPattern).test(last);
}

test("F5 waits until all is bundled, and not for ever; also when a change is bundled, or cannot be", () => {
  const printed: string[] = [];
  const progress = bundlingProgress((line) => printed.push(line));
  const made = { bytes: 2048, inputs: { "a.ts": {} } };
  assert.ok(isBusy(printed));
  progress.begin("dist/a.cjs");
  progress.end("dist/a.cjs", made);
  progress.begin("dist/b.cjs");
  progress.end("dist/b.cjs", made);
  assert.ok(isBusy(printed), "there may be more");
  progress.watch();
  assert.ok(!isBusy(printed));
  progress.begin("dist/a.cjs");
  progress.begin("dist/b.cjs");
  progress.end("dist/a.cjs", undefined);
  assert.ok(isBusy(printed));
  progress.end("dist/b.cjs", made);
  assert.ok(!isBusy(printed));
  assert.deepEqual(
    printed.filter((line) => line.startsWith("failed") || line === "watching"),
    ["watching", "failed   dist/a.cjs", "watching"],
  );
});
