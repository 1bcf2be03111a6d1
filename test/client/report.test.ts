import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { html } from "#client/markup.ts";
import { reportPage } from "#client/report/page.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";

const resources = {
  cspSource: "https://webview",
  style: "https://webview/report.css",
  script: "https://webview/report.js",
};
const diagnosis = await diagnoseDemo(
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../../demo/cluster.json"), "utf8")),
);
const page = (change: Partial<Diagnosis> = {}) => reportPage({ ...diagnosis, ...change }, resources);

describe("the page of a report", () => {
  it("may load nothing but its own style and script", () => {
    assert.match(page(), /default-src &#39;none&#39;; style-src https:\/\/webview; script-src https:\/\/webview"/);
    const loaded = [...page().matchAll(/(?:src|href)="(https:\/\/webview[^"]*)"/g)].map(([, url]) => url);
    assert.deepEqual(loaded, [resources.style, resources.script]);
    assert.doesNotMatch(page(), /<(?:img|iframe|object|form)|\sstyle=|\son[a-z]+=/);
  });

  it("begins with the root cause, its fix and its evidence with commands to copy", () => {
    const text = page();
    assert.match(text, /<h2>Root cause<\/h2>\s*<section class="card">\s*<h3>.*IPv6 forwarding is off on the node/);
    assert.match(text, /What to do<\/h4><p>[^<]*forwarding=1/);
    assert.match(text, /data-copy="kubectl --context demo -n kube-system exec /);
  });

  it("has a column for each family, with what fails first", () => {
    const [, ipv6 = "", ipv4 = ""] = page().split(/<section><h3>IPv[64]<\/h3>/);
    assert.match(ipv6, /^<ul class="symptoms"><li class="fails">/);
    assert.match(ipv4, /^<ul class="symptoms"><li class="works">/);
  });

  it("says when nothing failed, when no cause was found, when nothing was tried and when it was cancelled", () => {
    const healthy = diagnosis.symptoms.map((symptom) => ({ ...symptom, failed: false }));
    const { first: _, ...open } = diagnosis;
    const without = (symptoms: Diagnosis["symptoms"]) => reportPage({ ...open, verdicts: [], symptoms }, resources);
    assert.match(without(healthy), /<p class="banner good">/);
    assert.match(without(diagnosis.symptoms), /<p class="banner warning">[^<]*no cause is proven/);
    assert.match(without([]), /<p class="banner warning">Nothing could be tried/);
  });

  it("is one sentence, what to do and Retry where there is no conclusion, with the role that is missing", () => {
    const { first: _, ...open } = diagnosis;
    const stopped = { reason: "forbidden", message: "Cannot list pods: you may not.", remedy: "Ask for it." } as const;
    const mayNot = { what: ["list pods"], role: ["kind: ClusterRole", "rules: []"] };
    const text = reportPage({ ...open, verdicts: [], stopped, mayNot }, resources);
    assert.match(text, /<div class="banner warning"><div>Cannot list pods: you may not.<\/div><div>Ask for it.<\/div>/);
    assert.match(text, /<button data-again>Retry<\/button>/);
    assert.match(text, /<li>list pods<\/li>[\s\S]*data-copy="kind: ClusterRole\nrules: \[\]"/);
    assert.doesNotMatch(text, /What works|Excluded|Not decided|data-save/);
  });

  it("escapes what comes from a cluster", () => {
    const text = page({ context: `<script>alert("1")</script>` });
    assert.doesNotMatch(text, /<script>alert/);
    assert.equal(html`<b title="${`"'<&>`}">${undefined}${1}</b>`.text, '<b title="&#34;&#39;&#60;&#38;&#62;">1</b>');
  });
});
