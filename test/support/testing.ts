import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Shape } from "#core/addresses/shape.ts";
import { shifted } from "#core/lint/checked-resource.ts";
import { sameObject } from "#core/lint/previous.ts";
import type { Example, Finding, Rule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import { parseDocument } from "#core/manifest/document.ts";
import { misplaced } from "./place-of-finding.ts";

export interface Setting {
  readonly cluster?: Shape;
  /** Minor version of Kubernetes 1; the newest when left out. */
  readonly kubernetes?: number;
  /** The manifest as it was before. */
  readonly old?: string;
}

/** What an example of a rule is meant for. */
export function settingOf({ old, cluster, kubernetes }: Example): Setting {
  return {
    ...(old === undefined ? {} : { old }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(kubernetes === undefined ? {} : { kubernetes: Number(kubernetes.split(".")[1]) }),
  };
}

type Fixture = (strings: TemplateStringsArray, ...values: readonly unknown[]) => void;

/**
 * Tests of one rule, written the way the editor shows it. Under a line, a comment with carets says what is underlined
 * and with which message; the light bulb says that a fix is offered. Caret lines are taken out before the rule runs.
 */
export function testing(id: string) {
  const check = async (text: string, setting: Setting): Promise<readonly Finding[]> =>
    findingsOf(await load(id), id, text, setting);
  return {
    /** Exactly what the carets show is reported. */
    reports:
      (title: string, setting: Setting = {}): Fixture =>
      (strings, ...values) => {
        const { text, expected } = read(strings, values);
        assert.notEqual(expected.length, 0, `${title}: a caret line is missing`);
        it(`${id} reports ${title}`, async () => assert.deepEqual(shown(text, await check(text, setting)), expected));
      },
    /** Nothing is reported. */
    accepts:
      (title: string, setting: Setting = {}): Fixture =>
      (strings, ...values) => {
        const { text } = read(strings, values);
        it(`${id} accepts ${title}`, async () => assert.deepEqual(shown(text, await check(text, setting)), []));
      },
    /** Applying the first fix of every finding, one after another, turns the first text into the second. */
    fixes:
      (title: string, setting: Setting = {}) =>
      (strings: TemplateStringsArray, ...values: readonly unknown[]) => {
        const { text } = read(strings, values);
        return {
          to: (expected: TemplateStringsArray, ...more: readonly unknown[]): void => {
            const { text: wanted } = read(expected, more);
            it(`${id} fixes ${title}`, async () => assert.equal(fixAll(text, id, await load(id), setting), wanted));
          },
        };
      },
  };
}

export { describe };

export async function load(id: string): Promise<Rule> {
  const module = (await import(`#core/rules/${id}.ts`)) as { rule: Rule };
  return module.rule;
}

/** What one rule says of a text; a crash of the rule fails the test. */
export function findingsOf(rule: Rule, id: string, text: string, setting: Setting): readonly Finding[] {
  const { cluster = "unknown", kubernetes = 36, old } = setting;
  const before = old === undefined ? [] : documentsOf(old);
  const workspace = new Workspace([{ id, rule }], {
    cluster,
    kubernetes,
    old: (_, resource) => sameObject(before, resource),
  });
  workspace.open("test.yaml", text);
  let offset = 0;
  return workspace.check("test.yaml").flatMap(({ document, findings, crashes }) => {
    assert.deepEqual(crashes, []);
    for (const finding of findings) assert.equal(misplaced(finding, document.resources, document.text), undefined);
    const here = findings.map((finding) => shifted(finding, offset));
    offset += document.text.length;
    return here;
  });
}

function documentsOf(text: string) {
  return text.split(/^---$/m).flatMap((part) => parseDocument(part).resources);
}

/** Applies first fixes until none is left; each must take its finding away. */
export function fixAll(text: string, id: string, rule: Rule, setting: Setting): string {
  for (let round = 0; round < 20; round++) {
    const fix = findingsOf(rule, id, text, setting).find(({ fixes }) => fixes.length > 0)?.fixes[0];
    if (!fix) return text;
    const fixed = applyEdits(text, fix.edits);
    assert.notEqual(fixed, text, `the fix "${fix.title}" changes nothing`);
    text = fixed;
  }
  return assert.fail("20 fixes one after another, and still a finding");
}

interface Shown {
  /** The underlined text, with its line number and column in front. */
  readonly at: string;
  readonly fix: boolean;
  readonly message: string;
}

function shown(text: string, findings: readonly Finding[]): Shown[] {
  return findings.map(({ start, end, message, fixes }) => ({
    at: place(text, start, end),
    fix: fixes.length > 0,
    message,
  }));
}

function place(text: string, start: number, end: number): string {
  const line = text.slice(0, start).split("\n").length;
  return `${line}:${start - text.lastIndexOf("\n", start - 1)} ${text.slice(start, end)}`;
}

function read(strings: TemplateStringsArray, values: readonly unknown[]): { text: string; expected: Shown[] } {
  const lines = dedent(
    String.raw({ raw: strings.raw.map((part) => part.replace(/\\`/g, "`").replace(/\\\$/g, "$")) }, ...values),
  ).split("\n");
  const kept: string[] = [];
  const expected: Shown[] = [];
  for (const line of lines) {
    const caret = /^(\s*#\s*)(\^+)\s*(💡)?\s*(.*)$/u.exec(line);
    if (!caret) {
      kept.push(line);
      continue;
    }
    const start = (caret[1] ?? "").length;
    const marked = (kept.at(-1) ?? "").slice(start, start + (caret[2] ?? "").length);
    expected.push({
      at: `${kept.length}:${start + 1} ${marked}`,
      fix: caret[3] !== undefined,
      message: caret[4] ?? "",
    });
  }
  return { text: kept.join("\n"), expected };
}

function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, "")
    .replace(/\n[ \t]*$/, "\n")
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Number.POSITIVE_INFINITY);
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join("\n");
}
