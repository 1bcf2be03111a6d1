// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs stand in texts here
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { l10n, translateBy } from "#client/l10n.ts";
import { untranslatable, untranslatableIn } from "../../scripts/localization.ts";
import { literalsOf, messagesOf } from "../../scripts/texts.ts";

const root = new URL("../..", import.meta.url).pathname;
const json = (name: string) => JSON.parse(readFileSync(`${root}${name}`, "utf8"));

test("every text of the client that a person reads can be translated", () => {
  assert.deepEqual(untranslatable(root), []);
});

test("one that cannot be is seen, wherever it stands", () => {
  const found = (source: string) => untranslatableIn(source).map((each) => each.replace(/^\d+ /, ""));
  assert.deepEqual(found('void showErrorMessage("There are no pods.", "Retry");'), ["There are no pods.", "Retry"]);
  assert.deepEqual(found("row(`${name} is gone`, l10n`${name} is ${there ? `not there` : l10n`here`}`)"), [
    "{} is gone",
    "not there",
  ]);
  assert.deepEqual(found("html`<h1>Address plan</h1>`"), ["<h1>Address plan</h1>"]);
  assert.deepEqual(found('html`<b title="the plan">${text}</b>`'), ['<b title="the plan">{}</b>']);
  assert.deepEqual(found('setContext("kube-ipv6.demo", true); if (kind === "Pod") html`<p>${l10n`A text.`}</p>`'), []);
  assert.deepEqual(found('// "A comment."\nconst pattern = /"[a-z] of"/;'), []);
});

test("texts are read as they are written, with numbers for what is put in", () => {
  assert.deepEqual(messagesOf("l10n`${a.map((b) => `${b}`)} of ${c}\\n\\u2026` + l10n`d \\`e\\``"), [
    "{0} of {1}\n\u2026",
    "d `e`",
  ]);
  assert.deepEqual(
    literalsOf('x("a\\"b", `c${"d"}`)').map(({ parts }) => parts),
    [['a\\"b'], ["d"], ["c", ""]],
  );
});

test("a translation gets the text and what is put into it, and may change their order", (t) => {
  t.after(() => translateBy((message, ...given) => message.replace(/\{(\d+)\}/g, (_, index) => given[index] ?? "")));
  assert.equal(l10n`${1} of ${"web"} ready`, "1 of web ready");
  const bundle: Record<string, string> = { "{0} of {1} ready": "bereit bei {1}: {0}" };
  translateBy((message, ...given) => (bundle[message] ?? "").replace(/\{(\d+)\}/g, (_, index) => given[index] ?? ""));
  assert.equal(l10n`${1} of ${"web"} ready`, "bereit bei web: 1");
});

test("what package.json says to people stands in package.nls.json, all of it and nothing else", () => {
  const { contributes, capabilities } = json("package.json");
  // Those of rules are theirs, as their findings are.
  delete contributes.configuration.properties["kube-ipv6.rules"].properties;
  const says =
    /^(?:title|name|contextualTitle|contents|description|markdownDescription|altText|enumDescriptions|markdownEnumDescriptions)$/;
  const texts: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (typeof value === "string" && says.test(key)) texts.push(value);
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) walk(inner, Array.isArray(value) ? key : name);
  };
  walk({ ...contributes, problemMatchers: [] }, "");
  walk(capabilities, "");
  assert.ok(texts.length > 60, `${texts.length}`);
  assert.deepEqual(
    texts.filter((text) => !/^%[\w.-]+%$/.test(text)),
    [],
  );
  const keys = new Set([...texts, contributes.problemMatchers[0].label].map((text) => text.slice(1, -1)));
  assert.deepEqual(Object.keys(json("package.nls.json")).sort(), [...keys].sort());
});
