import assert from "node:assert/strict";
import { it } from "node:test";
import { parseCorefile, portOf, zonesOf } from "#core/program-files/corefile.ts";
import type { Directive } from "#core/program-files/directive.ts";

const text = `# CoreDNS
(shared) {
    errors
}
.:53 {
    import shared
    kubernetes cluster.local ip6.arpa { # names
        fallthrough
    }
    header "a b" {
    }
}
tls://example.org:853 fd00::/8 {
    forward . tls://9.9.9.9 {
       tls_servername dns.quad9.net
    }
}
`;

it("a Corefile is read with its servers, plugins and properties", () => {
  assert.deepEqual(
    parseCorefile(text).map(({ keys, plugins }) => [keys.map((key) => key.text).join(" "), plugins.map(plain)]),
    [
      ["(shared)", ["errors"]],
      [".:53", ["import shared", "kubernetes cluster.local ip6.arpa {fallthrough}", "header a b {}"]],
      ["tls://example.org:853 fd00::/8", ["forward . tls://9.9.9.9 {tls_servername dns.quad9.net}"]],
    ],
  );
});

it("every word lies where it is written", () => {
  const words = parseCorefile(text).flatMap(({ keys, plugins }) => [
    ...keys,
    ...plugins.flatMap(({ name, args }) => [name, ...args]),
  ]);
  for (const { text: word, start, end } of words) assert.equal(text.slice(start, end).replaceAll('"', ""), word);
});

it("a server has a port and zones", () => {
  const [, root, tls] = parseCorefile(text);
  assert.ok(root && tls);
  assert.equal(portOf(root), 53);
  assert.deepEqual(zonesOf(root), ["."]);
  assert.equal(portOf(tls), undefined);
  assert.equal(zonesOf(tls)[0], "example.org");
});

it("half-typed files are read as far as they go", () => {
  for (let length = 0; length <= text.length; length++) parseCorefile(text.slice(0, length));
  assert.deepEqual(
    parseCorefile(".:53 {\n  forward . ").map(({ plugins }) => plugins.map(plain)),
    [["forward ."]],
  );
});

function plain({ name, args, block }: Directive): string {
  const words = [name, ...args].map((word) => word.text).join(" ");
  return block ? `${words} {${block.map(plain).join("; ")}}` : words;
}
