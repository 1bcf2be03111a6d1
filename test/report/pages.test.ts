import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parityOf } from "#core/parity/parity.ts";
import { assess } from "#core/readiness/readiness.ts";
import { parityToHtml } from "#core/report/page/parity.ts";
import { readinessToHtml } from "#core/report/page/readiness.ts";
import { hash, pages, parts, shop } from "./pages.ts";

describe("a page in a file of its own", () => {
  for (const [name, text] of Object.entries(pages))
    it(`${name}: loads nothing, runs only what its policy has the hash of, and shows markup of others as text`, () => {
      const inside = (tag: string) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1] ?? "";
      const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
      const own = `style-src 'sha256-${hash(inside("style"))}'; script-src 'sha256-${hash(inside("script"))}'`;
      assert.equal(policy.replaceAll("&#39;", "'"), `default-src 'none'; ${own}; base-uri 'none'; form-action 'none'`);
      assert.doesNotMatch(text, /<(?:img|iframe|object|form|link|script )|\ssrc=|\sstyle=|\son[a-z]+=|1<b>|A<b>|a<b>/);
      assert.match(text, /<main>[\s\S]*<h1>/);
    });

  it("readiness says what to change, and of what is not known why", () => {
    assert.match(pages.readiness, /<b class="said">1<\/b> <span>dual</);
    assert.match(pages.readiness, /10\.2\.3\.4[\s\S]*change: /);
    const unseen = assess({ objects: shop.filter(({ kind }) => kind === "Node" || kind === "Pod"), differences: [] });
    const text = readinessToHtml(
      { workloads: unseen.map((one) => ({ ...one, blocks: [] })), unread: [] },
      "lab",
      parts,
    );
    assert.match(text, /<li><b>\w+<\/b> is not known: /);
  });

  it("parity shows both families of an example, and the smallest edit", () => {
    assert.match(
      pages.parity,
      /<th scope="row">IPv6<\/th>[\s\S]*?<b class="said">denied<\/b> by NetworkPolicy shop\/web/,
    );
    assert.match(
      pages.parity,
      /<th scope="row">IPv4<\/th>[\s\S]*?<b class="said">allowed<\/b> by NetworkPolicy shop\/web/,
    );
    assert.match(pages.parity, /Smallest edit[\s\S]*::\/0/);
    assert.match(pages.parity, /Not judged/);
    const none = parityToHtml(parityOf([]), [], ["policies could not be listed"], parts);
    assert.doesNotMatch(none, /verdict works/, "what could not be read is no sameness");
  });

  it("ranges draws how full each is, and says it", () => {
    assert.match(
      pages.ranges,
      /<meter [^>]*value="\d+" aria-label="Node n&#60;b&#62;1 10\.244\.1\.0\/30: [\d.]+ % full">/,
    );
  });

  it("a migration plan has a box to tick and commands to copy for each step", () => {
    assert.match(pages.migration, /<input type="checkbox"> [^<]*shop\/web/);
    assert.match(pages.migration, /data-copy="[^"]*kubectl/);
    assert.equal(
      new Set([...pages.migration.matchAll(/aria-label="(Copy[^"]*)"/g)].map(([, label]) => label)).size > 1,
      true,
    );
  });
});
