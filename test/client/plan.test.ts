import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { plansOf, type WrittenPlan } from "#client/plan/answer.ts";
import { planBody, planPage } from "#client/plan/page.ts";
import { type PictureRow, pictureOf } from "#client/plan/picture.ts";
import { placeInside, placeRoots, sizeText } from "#client/plan/scale.ts";
import { type Span, spanOf } from "#core/addresses/span.ts";
import type { WrittenPrefix } from "#core/editor/messages.ts";
import type { RangeRole } from "#core/facts/ranges.ts";
import { planToMarkdown } from "#core/plan/plan.ts";

const span = (text: string): Span => spanOf(text) as Span;

/** An entry as the language server answers it, on line 6 of its file. */
function entry(role: RangeRole, text: string, name: string, file = "/w/a.yaml"): WrittenPrefix {
  const range = { start: { line: 5, character: 2 }, end: { line: 5, character: 9 } };
  return { role, text, kind: "IPPool", name, file, document: 0, path: "spec.cidr", uri: `file://${file}`, range };
}

function planOf(...entries: readonly WrittenPrefix[]): WrittenPlan {
  const [plan] = plansOf([entries]);
  assert.ok(plan);
  return plan;
}

const rowsOf = (plan: WrittenPlan): readonly PictureRow[] => pictureOf(plan).families.flatMap(({ rows }) => rows);

describe("the scale of an address plan", () => {
  it("is as wide as there are bits, in the order of addresses", () => {
    const [half, ...more] = placeInside(span("fd00::/48"), { x: 20, width: 60 }, [
      span("fd00::/49"),
      span("fd00:0:0:8000::/49"),
    ]);
    assert.deepEqual(
      [half, ...more],
      [
        { x: 20, width: 30 },
        { x: 50, width: 30 },
      ],
    );
    const [small] = placeInside(span("10.0.0.0/8"), { x: 0, width: 100 }, [span("10.0.0.0/32")]);
    assert.ok(small && small.width > 3 && small.width < 10, "one address of 16 million can still be seen");
  });

  it("lays ranges that overlap in part over each other", () => {
    const [a, b] = placeRoots([span("10.0.0.0-10.0.0.9"), span("10.0.0.5-10.0.0.14")]);
    assert.ok(a && b && b.x > a.x && b.x < a.x + a.width && a.x + a.width < b.x + b.width);
    assert.ok(Math.abs(b.x + b.width - 100) < 1e-9);
  });

  it("keeps a little space between ranges that nothing holds together, however far apart", () => {
    const [a, b] = placeRoots([span("10.0.0.0/16"), span("192.168.0.0/16")]);
    assert.deepEqual([a?.width, b?.x], [49, 51]);
    const many = placeRoots(Array.from({ length: 200 }, (_, index) => span(`10.${index}.0.0/24`)));
    assert.ok(many.every(({ width }) => width > 0));
    assert.ok(Math.abs((many.at(-1)?.x ?? 0) + (many.at(-1)?.width ?? 0) - 100) < 1e-6);
  });

  it("says sizes in what people count in", () => {
    assert.equal(sizeText(span("2001:db8::/48")), "65,536 x /64");
    assert.equal(sizeText(span("10.0.0.1-10.0.0.3")), "3 addresses");
    assert.equal(sizeText(span("fd00::1-fd00::ffff:ffff:ffff")), "about 2^48 addresses");
  });
});

describe("the picture of an address plan", () => {
  it("has a row for each range below the one that holds it, and one for what is free", () => {
    const rows = rowsOf(planOf(entry("pod", "10.244.0.0/16", "all"), entry("node", "10.244.0.0/17", "half")));
    assert.deepEqual(
      rows.map(({ kind, depth, label, inside }) => [kind, depth, label, inside]),
      [
        ["range", 0, "10.244.0.0/16", undefined],
        ["range", 1, "10.244.0.0/17", "10.244.0.0/16"],
        ["free", 1, "10.244.128.0/17", "10.244.0.0/16"],
      ],
    );
    const [all, half, free] = rows.map(({ bars }) => bars[0]);
    assert.ok(all && half && free);
    assert.equal(half.x, all.x);
    assert.ok(Math.abs(half.x + half.width - free.x) < 1e-9, "the free stretch begins where the other ends");
    assert.ok(Math.abs(free.x + free.width - all.width) < 1e-9);
  });

  it("numbers overlaps in the rows that are part of them", () => {
    const plan = planOf(
      entry("pod", "fd00::/56", "pods"),
      entry("service", "fd00::/112", "services"),
      entry("pod", "fd01::/64", "other"),
    );
    assert.deepEqual(
      rowsOf(plan).flatMap(({ kind, label, overlaps }) => (kind === "range" ? [[label, ...overlaps]] : [])),
      [["fd00::/56", 1], ["fd00::/112", 1], ["fd01::/64"]],
    );
  });

  it("writes one range that several files write once, with all of them", () => {
    const rows = rowsOf(planOf(entry("pod", "fd00::/56", "a"), entry("pod", "fd00:0:0:0::/56", "b", "/w/b.yaml")));
    assert.deepEqual(
      rows.map(({ entries }) => entries.map(({ file }) => file)),
      [["a.yaml", "b.yaml"]],
    );
  });

  it("is of a folder alone, and of nothing where nothing is written", () => {
    const roots = [entry("pod", "fd00::/56", "a", "/w/x/a.yaml"), entry("pod", "fd01::/56", "b", "/w/y/b.yaml")];
    const [plan] = plansOf([roots], undefined, (file) => file.startsWith("/w/y/"));
    assert.deepEqual(plan?.files, ["b.yaml"]);
    assert.deepEqual(
      plansOf([roots], undefined, () => false),
      [],
    );
  });
});

describe("the page of an address plan", () => {
  const plan = planOf(entry("pod", "fd00::/56", "<i>pods</i>"), entry("service", "FD00::/112", "services"));
  const resources = {
    cspSource: "https://webview",
    style: "https://webview/plan.css",
    script: "https://webview/plan.js",
  };

  it("may load nothing but its own style and script", () => {
    const text = planPage([plan], resources);
    assert.match(text, /default-src &#39;none&#39;; style-src https:\/\/webview; script-src https:\/\/webview"/);
    assert.deepEqual(
      [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url),
      [resources.style, resources.script],
    );
    assert.doesNotMatch(text, /\sstyle=|\son[a-z]+=|<i>pods/);
  });

  it("leads to the line, names the overlap, and says how a range was spelled", () => {
    const { text } = planBody([plan]);
    assert.match(
      text,
      /<button class="link" data-uri="file:\/\/\/w\/a\.yaml" data-line="5" data-character="2">IPPool services<\/button>/,
    );
    assert.match(text, /FD00::\/112<\/code> of <button[^>]*>IPPool services<\/button> overlaps <code>fd00::\/56/);
    assert.match(text, /in a\.yaml:6, written <code>FD00::\/112/);
    assert.match(text, /2 ranges in 1 file, 1 overlap\./);
  });

  it("says what would count where nothing is written", () => {
    assert.match(planBody([]).text, /No range of addresses is written.*podSubnet/s);
  });

  it("is what core writes as Markdown", () => {
    assert.match(
      planToMarkdown(plan),
      /^# Address plan\n\n## Overlaps\n\n- FD00::\/112 \(IPPool services, spec\.cidr in a\.yaml\)/,
    );
  });

  it("is placed by its script alone, so that every value that is to be placed is a number", () => {
    const script = readFileSync(path.join(import.meta.dirname, "../../media/plan.js"), "utf8");
    assert.match(script, /dataset\.x/);
    for (const [, x, width] of planBody([plan]).text.matchAll(/data-x="([^"]*)" data-width="([^"]*)"/g))
      assert.ok(Number(x) >= 0 && Number(x) + Number(width) <= 100.001);
  });
});
