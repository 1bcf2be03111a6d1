// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Flux
import assert from "node:assert/strict";
import { test } from "node:test";
import { substituted, writtenRange } from "#core/kustomize/envsubst.ts";

const known: Readonly<Record<string, string>> = { A: "fd00::1", B: "beta", E: "" };
const made = (text: string) =>
  substituted(text, (name) => (name in known ? { name, text: known[name] ?? "", where: "" } : undefined));

test("a text becomes what Flux makes of it", () => {
  const cases = [
    ["[${A}]:80", "[fd00::1]:80"],
    ["${A}/${B}", "fd00::1/beta"],
    ["${E:=10.0.0.1}", "10.0.0.1"],
    ["${E:-10.0.0.1}", "10.0.0.1"],
    ["${E=10.0.0.1}", "10.0.0.1"],
    ["${B:=other}", "beta"],
    ["${E:=${A}}", "fd00::1"],
    ["${E:=a-${B}-b}", "a-beta-b"],
    ["some ${B}$${var$${B}$B${B}", "some beta${var${B}$Bbeta"],
    ["$$HOME ${B}", "$HOME beta"],
  ];
  for (const [text = "", result] of cases) assert.equal(made(text)?.text, result, text);
});

test("and is left as it is where that is nothing else, not known, empty or refused", () => {
  for (const text of [
    "$A",
    "$${A}",
    "${UNKNOWN}",
    "${A} ${UNKNOWN:=1}",
    "${E}",
    "${E:=}",
    "${A:1:2}",
    "${A^^}",
    "${A-x}",
    "${a.b}",
    "${A",
    "${E:=x",
    "${}",
  ])
    assert.equal(made(text), undefined, text);
  assert.equal(made(`${"${E:=".repeat(20_000)}x`), undefined);
});

test("what is underlined is the variable, where its value is meant", () => {
  const text = "listen [${A}]:80;";
  const result = made(text);
  assert.ok(result);
  const at = (part: string) => ({ start: result.text.indexOf(part), end: result.text.indexOf(part) + part.length });
  const written = (part: string) => {
    const { start, end } = writtenRange(result, at(part));
    return text.slice(start, end);
  };
  assert.equal(written("fd00::1"), "${A}");
  assert.equal(written("d00"), "${A}");
  assert.equal(written("[fd00::1]:80"), "[${A}]:80");
  assert.equal(written(":80"), ":80");
  assert.equal(written("listen"), "listen");
});
