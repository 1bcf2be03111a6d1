import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ruleWords } from "#core/lint/relevance.ts";
import { tables } from "#core/literals/address-fields.ts";
import { Mentions, wordOf } from "#core/manifest/mentions.ts";
import { inEachMatch } from "#core/manifest/pattern-runs.ts";
import { Traces, traceOf } from "#core/manifest/traces.ts";
import { rules } from "#core/rules/index.ts";

const folder = new URL("../cases/", import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(new URL(name, folder), "latin1"));

const kinds = new Set(["*", ...rules.flatMap(({ rule }) => rule.kinds), ...tables.flatMap((table) => table.kinds)]);
const words = new Set([...kinds].flatMap((kind) => rules.flatMap(({ rule }) => ruleWords(rule, kind) ?? [])));
const patterns = [...words].flatMap((word) => word.patterns);

function may(text: string, pattern: RegExp): boolean {
  const trace = traceOf(pattern);
  const traces = new Traces();
  traces.read(text);
  return !trace || traces.may(trace);
}

test("whatever a word of a rule is found in has its trace, at the very ends of a text too", () => {
  let seen = 0;
  for (const { regex, trace } of patterns)
    for (const text of texts)
      for (const { 0: found, index } of text.matchAll(new RegExp(regex, "gim"))) {
        // What is looked at around a match is one character.
        for (const part of [found, text.slice(Math.max(0, index - 1), index + found.length + 1), found.toUpperCase()]) {
          if (!new RegExp(regex, "im").test(part)) continue;
          const traces = new Traces();
          traces.read(part);
          assert.ok(!trace || traces.may(trace), `${regex} in ${part}`);
          seen++;
        }
      }
  assert.ok(seen > 10_000, `${seen} matches`);
});

test("nearly every word has one, and most texts none of it", () => {
  const without = patterns.filter(({ trace }) => !trace);
  assert.ok(without.length <= 5, without.map(({ regex }) => regex.source).join("\n"));
  const plain = "kind: Role\nrules:\n- apiGroups: [apps]\n  resources: [pods]\n";
  const traces = new Traces();
  traces.read(plain);
  const left = patterns.filter(({ trace }) => trace && traces.may(trace));
  assert.ok(left.length < patterns.length / 20, left.map(({ regex }) => regex.source).join("\n"));
});

test("a text may be read in pieces, cut anywhere", () => {
  const trace = traceOf(/hostIP/);
  for (let cut = 0; cut <= 8; cut++) {
    const traces = new Traces();
    traces.read("x hostip", 0, cut);
    traces.read("x hostip", cut);
    assert.ok(trace && traces.may(trace), String(cut));
  }
});

test("a word that came later is looked for all the same", () => {
  const mentions = new Mentions("kind: Later\nzzlater: 1\n");
  assert.equal(mentions.has(wordOf(/hostIP/)), false);
  assert.equal(mentions.has(wordOf(/zzlater/)), true);
});

test("what a pattern may leave out, or have in between, is no trace of it", () => {
  assert.ok(may("node-addresses", /node-?(?:port)?-?addresses/));
  assert.ok(may("abbbc", /ab+c/));
  assert.ok(may("xQy", /x[^a-z]y|none/));
  assert.ok(may("::", /::/));
  assert.ok(may("a:1:", /(?<=[\da-f]):[\da-f]{1,4}:/));
  assert.ok(may("1.2.3.4", /(?<=\d)\.\d+\.\d+\.\d/));
  assert.equal(may("a: b, c", /::/), false);
  assert.equal(may("replicas: 3", /hostIP|advertise/), false);
});

test("the runs of a pattern are what stands in each match", () => {
  const runs = (pattern: RegExp) =>
    inEachMatch(pattern.source, (code) => code)?.map((all) =>
      all.map((run) => run.map((set) => String.fromCharCode(...set)).join("")),
    );
  assert.deepEqual(runs(/ab+c/), [["ab", "bc"]]);
  assert.deepEqual(runs(/^abc?d\b/), [["ab", "d"]]);
  assert.deepEqual(runs(/a(?:bc|d)e|f/), [["a", "e"], ["f"]]);
  assert.deepEqual(runs(/a\.b{2}c{0,2}d/), [["a.b", "b", "d"]]);
  assert.deepEqual(runs(/(?<!x)a(?=y)b\s+c/), [["ab", "c"]]);
});
