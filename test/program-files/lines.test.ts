import assert from "node:assert/strict";
import { it } from "node:test";
import { settings, wordLines } from "#core/program-files/lines.ts";

it("lines are words without comments, each at its place", () => {
  const text = "bind *:80 # web\n\n# none\r\n  acl a src '10.0.0.0/8'\n";
  const lines = wordLines(text);
  assert.deepEqual(
    lines.map((line) => line.map((word) => word.text)),
    [
      ["bind", "*:80"],
      ["acl", "a", "src", "10.0.0.0/8"],
    ],
  );
  for (const word of lines.flat()) assert.equal(text.slice(word.start, word.end).replaceAll("'", ""), word.text);
});

it("settings have a section, a key in one spelling and a value without quotes", () => {
  const text = "port = 1\n[mysqld]\nbind-address=0.0.0.0 ; all\n#skip = 2\nlisten_addresses = '0.0.0.0, ::'\n";
  assert.deepEqual(
    settings(text).map(({ section, key, value }) => [section, key, value.text, text.slice(value.start, value.end)]),
    [
      ["", "port", "1", "1"],
      ["mysqld", "bind_address", "0.0.0.0", "0.0.0.0"],
      ["mysqld", "listen_addresses", "0.0.0.0, ::", "'0.0.0.0, ::'"],
    ],
  );
});
