import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withoutLogCommands } from "#core/text/log-commands.ts";
import { codeSpan, escapedMarkdown, markdown } from "#core/text/markdown.ts";
import { printable, printableIn, printableJson, printableLines } from "#core/text/printable.ts";

describe("printable", () => {
  const written: readonly (readonly [string, string])[] = [
    ["\u001b]0;title\u0007\u001b[2J", "\\x1b]0;title\\x07\\x1b[2J"],
    ["a\rb\nc\td\u0000", "a\\x0db\\x0ac\\x09d\\x00"],
    ["\u007f\u009b31m\u0085", "\\x7f\\x9b31m\\x85"],
    ["a\u202eb\u2066c\u2069\u061c\u200f", "a\\u{202e}b\\u{2066}c\\u{2069}\\u{061c}\\u{200f}"],
    ["line\u2028paragraph\u2029", "line\\u{2028}paragraph\\u{2029}"],
    ["zero\u200bwidth\ufeff\u00ad\u{e0041}", "zero\\u{200b}width\\u{feff}\\xad\\u{e0041}"],
    ["half \ud800 of a pair", "half \\u{d800} of a pair"],
  ];
  for (const [text, shown] of written) test(shown, () => assert.equal(printable(text), shown));

  test("leaves letters of every script alone", () => {
    for (const text of ["fd00::/8", "naïve Übergröße", "می‌خواهم", "👩‍👧 日本語", "C:\\x1b"])
      assert.equal(printable(text), text);
  });

  test("keeps the line breaks and tabs of a writer, and no others", () => {
    assert.equal(printableLines("a\n\tb\r\u000b\u2028"), "a\n\tb\\x0d\\x0b\\u{2028}");
  });

  test("reaches every text of plain JSON", () => {
    assert.deepEqual(printableIn({ a: ["\u001b", { b: "\n", c: 1, d: null }], e: undefined }), {
      a: ["\\x1b", { b: "\\x0a", c: 1, d: null }],
      e: undefined,
    });
  });

  test("JSON stays the same value", () => {
    const value = { text: "\u001b\u007f\u009b\u202e\u2028\u{e0041}\n" };
    const json = printableJson(JSON.stringify(value, undefined, 2));
    assert.deepEqual(JSON.parse(json), value);
    assert.match(json, /^[\n\x20-\x7e]+$/);
  });
});

describe("withoutLogCommands", () => {
  test("takes the meaning from commands of CI systems, at the start of any line or where they are found anywhere", () => {
    const all =
      "::error title=x::y\n  ::add-mask::z\n\u00a0::stop-commands::t\n::Warning::\nx ##[add-mask]y ##vso[task.setvariable a=b]c ##teamcity[message]";
    assert.equal(
      withoutLogCommands(all),
      "\\x3a:error title=x::y\n  \\x3a:add-mask::z\n\u00a0\\x3a:stop-commands::t\n\\x3a:Warning::\nx #\\x23[add-mask]y #\\x23vso[task.setvariable a=b]c #\\x23teamcity[message]",
    );
  });

  test("leaves addresses and headings alone", () => {
    for (const text of [
      "::1 is here",
      "::/0",
      "  ::ffff:10.0.0.1 works",
      "::a\n::fade b",
      "## IPv6 [x]",
      "a::error::b",
    ])
      assert.equal(withoutLogCommands(text), text);
  });
});

describe("Markdown", () => {
  const shown: readonly (readonly [string, string])[] = [
    ["![x](https://evil.example/i.png)", "!\\[x](https\\://evil.example/i.png)"],
    ["[open](command:run)", "\\[open](command:run)"],
    ["<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)>"],
    ["&lt;b&#62; a & b", "\\&lt;b\\&#62; a & b"],
    ["see https://evil.example and www.evil.example", "see https\\://evil.example and www\\.evil.example"],
    ["write to <a|b@evil.example> now", "write to `<a¦b@evil.example>` now"],
    ["a`b``c", "a\\`b\\`\\`c"],
    ["**bold** _x_ ip_forward ~~y~~", "\\*\\*bold\\*\\* \\_x\\_ ip_forward \\~\\~y\\~\\~"],
    ["a | b", "a \\| b"],
    ["# heading", "\\# heading"],
    ["1. first", "1\\. first"],
    ["- item", "\\- item"],
    ["> quote", "\\> quote"],
    ["a\n\n# b", "a\\\\x0a\\\\x0a# b"],
    ["10.0.0.0/8 and fd00:10:96::a", "10.0.0.0/8 and fd00:10:96::a"],
  ];
  for (const [text, escaped] of shown) test(text, () => assert.equal(escapedMarkdown(text), escaped));

  test("a template escapes what is put in, but not Markdown", () => {
    const link = markdown`[source](https://kubernetes.io)`;
    assert.equal(markdown`**${"*"}** ${link}`.text, "**\\*** [source](https://kubernetes.io)");
  });

  test("a code span holds backticks", () => {
    assert.equal(codeSpan("a`![x](https://evil)`b"), "`` a`![x](https://evil)`b ``");
    assert.equal(codeSpan("kubectl get | cat"), "`kubectl get | cat`");
    assert.equal(codeSpan("a\nb"), "`a\\x0ab`");
    assert.equal(codeSpan(""), "`  `");
  });
});
