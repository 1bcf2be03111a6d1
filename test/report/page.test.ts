import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { comparisonPage } from "#core/report/page/comparison.ts";
import { diagnosisToHtml, reportPage } from "#core/report/page/page.ts";
import { html } from "#core/text/html.ts";

const root = path.join(import.meta.dirname, "../..");
const resources = {
  cspSource: "https://webview",
  style: "https://webview/report.css",
  script: "https://webview/report.js",
};
const diagnosis = await diagnoseDemo(JSON.parse(readFileSync(path.join(root, "demo/cluster.json"), "utf8")));
const show = (shown: Diagnosis, opening = {}) => reportPage(shown, resources, { when: "today", id: "abc", ...opening });
const page = (change: Partial<Diagnosis> = {}) => show({ ...diagnosis, ...change });
const hash = (text: string) => createHash("sha256").update(text).digest("base64");
const media = (name: string) => readFileSync(path.join(root, "media", name), "utf8");

describe("the page of a report", () => {
  it("may load nothing but its own style and script", () => {
    assert.match(page(), /default-src &#39;none&#39;; style-src https:\/\/webview; script-src https:\/\/webview"/);
    const loaded = [...page().matchAll(/(?:src|href)="(https:\/\/webview[^"]*)"/g)].map(([, url]) => url);
    assert.deepEqual(loaded, [resources.style, resources.script]);
    assert.doesNotMatch(page(), /<(?:img|iframe|object|form)|\sstyle=|\son[a-z]+=/);
  });

  it("says per family what came of it before anything else, with how many attempts", () => {
    const [before = "", after = ""] = page().split("Root cause:");
    assert.match(before, /IPv6 fails<\/b> <span>3 of 6 attempts<[\s\S]*IPv4 works<\/b> <span>6 of 6 attempts</);
    assert.match(after, /^ IPv6 forwarding is off on <span class="where"><button[^>]*data-open="node n1"/);
  });

  it("says a kubectl line once, too", () => {
    const [{ ...first }, ...rest] = diagnosis.verdicts as [Diagnosis["verdicts"][number]];
    const argv = ["-n", "default", "patch", "service", "web"];
    const fix = `kubectl ${argv.join(" ")} - the first family never changes.`;
    const text = page({ verdicts: [{ ...first, status: "proven", fix, commands: [{ argv }] }, ...rest] });
    assert.match(text, /<code>kubectl --context demo -n default patch service web<\/code>/);
    assert.match(text, /<p>The first family never changes\.<\/p>/);
  });

  it("has the fix as a command to copy, and the evidence with its commands folded below it", () => {
    const text = page();
    assert.match(
      text,
      /Fix on node n1<\/h4><div class="command"><code>sysctl -w net\.ipv6\.conf\.all\.forwarding=1<\/code><button/,
    );
    assert.match(
      text,
      /<p>Put net\.ipv6\.conf\.all\.forwarding=1 into a file[^<]* <span class="quiet">Takes effect at once/,
    );
    assert.equal(text.replaceAll(/<details>.*?<\/details>/g, "").split("sysctl -w").length - 1, 2, "once, and to copy");
    assert.match(text, /kubectl --context demo debug node\/n1 [^<]* sysctl -w net/);
    assert.match(
      text,
      /<details class="evidence"><summary[^>]*><span class="asked">What the IPv6 counters of node n1 do/,
    );
    assert.match(text, /data-copy="kubectl --context demo -n kube-system exec /);
  });

  it("gives every button that copies a name of its own", () => {
    const names = [...page().matchAll(/data-copy="([^"]*)" aria-label="([^"]*)"/g)];
    assert.equal(names.length, page().split("data-copy=").length - 1);
    const commandsOf = Map.groupBy(names, ([, , name]) => name);
    for (const [name, same] of commandsOf)
      assert.equal(new Set(same.map(([, command]) => command)).size, 1, `${name} is the name of two commands`);
  });

  it("draws the way station by station in both families, the first that breaks marked", () => {
    const [, picture = ""] = page().split('<figure class="way">');
    assert.match(picture, /IPv6 breaks at node forwarding, node n1<\/span>; <span class="said works">IPv4 arrives/);
    assert.match(picture, /<g class="fails first"><title>IPv6 forwarding is off on the node: all\.forwarding is 0/);
    const [six = "", four = ""] = picture.split('class="lane"').slice(1);
    assert.equal(six.split('<g class="works">').length - 1, 3);
    assert.equal(four.split('<g class="works">').length - 1, 10);
  });

  it("leads from a cell of the matrix to the question behind it", () => {
    const [, place = ""] = /<a class="cell" href="#(asked-\d+)">(?:(?!<\/a>).)*fails/.exec(page()) ?? [];
    assert.match(page(), new RegExp(`<li id="${place}" tabindex="-1"><div>[^<]*fd00:10:244:2::11`));
  });

  it("accuses nobody in bold of what is excluded", () => {
    const [, excluded = ""] = /<summary>Causes excluded[\s\S]*?<table([\s\S]*?)<\/table>/.exec(page()) ?? [];
    assert.match(excluded, /<th scope="row" class="id">[a-z0-9-]+<\/th><td>/);
    assert.doesNotMatch(excluded, /<b>/);
  });

  it("says when nothing failed, when no cause was found, when nothing was tried", () => {
    const healthy = diagnosis.symptoms.map((symptom) => ({ ...symptom, failed: false }));
    const { first: _, ...open } = diagnosis;
    const without = (symptoms: Diagnosis["symptoms"]) => show({ ...open, verdicts: [], path: [], symptoms });
    assert.match(without(healthy), /<p class="banner good">/);
    const all = diagnosis.symptoms.map((symptom) => ({ ...symptom, outcome: "ok", failed: false }) as const);
    assert.doesNotMatch(without(all), /class="banner/, "the boxes at the top say it");
    assert.match(without(diagnosis.symptoms), /<p class="banner warning">[^<]*no cause is proven/);
    assert.match(without([]), /<p class="banner warning">Nothing could be tried/);
  });

  it("is one sentence, what to do and Retry where there is no conclusion, with the role that is missing", () => {
    const { first: _, ...open } = diagnosis;
    const stopped = { reason: "forbidden", message: "Cannot list pods: you may not.", remedy: "Ask for it." } as const;
    const mayNot = { what: ["list pods"], role: ["kind: ClusterRole", "rules: []"] };
    const text = show({ ...open, verdicts: [], path: [], stopped, mayNot });
    assert.match(text, /<div class="banner warning"><div>Cannot list pods: you may not.<\/div><div>Ask for it.<\/div>/);
    assert.match(text, /<button data-again>Retry<\/button>/);
    assert.match(text, /<li>list pods<\/li>[\s\S]*data-copy="kind: ClusterRole\nrules: \[\]"/);
    assert.doesNotMatch(text, /What works|Causes (?:excluded|not decided)|data-save/);
  });

  it("escapes what comes from a cluster, and writes out what nobody sees", () => {
    const text = page({ context: `<script>alert("1")</script>\u202e` });
    assert.doesNotMatch(text, /<script>alert|\u202e/);
    assert.equal(html`<b title="${`"'<&>`}">${undefined}${1}</b>`.text, '<b title="&#34;&#39;&#60;&#38;&#62;">1</b>');
  });
});

describe("the report as a file of its own", () => {
  const style = `${media("report-alone.css")}${media("report.css")}`;
  const text = diagnosisToHtml(diagnosis, { style, script: media("report.js"), hash });

  it("loads nothing, and runs and wears only what its policy has the hash of", () => {
    const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
    const inside = (tag: string) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1] ?? "";
    assert.equal(
      policy.replaceAll("&#39;", "'"),
      `default-src 'none'; style-src 'sha256-${hash(inside("style"))}'; script-src 'sha256-${hash(inside("script"))}'; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(text, /<(?:img|iframe|object|form|link|script )|\ssrc=|\sstyle=|\son[a-z]+=|@import|url\(/);
  });

  it("offers nothing that only the editor can do", () => {
    assert.match(text, /sysctl -w/);
    assert.doesNotMatch(text, /<button[^>]* data-(?:again|save|chat|open|explain)/);
  });

  it("has a colour of its own for each that an editor would give", () => {
    const wanted = new Set([...media("report.css").matchAll(/var\((--vscode-[A-Za-z-]+)/g)].map(([, name]) => name));
    const editorOnly = /button-(?:border|foreground|background|hoverBackground)|panel-border/;
    const missing = [...wanted].filter(
      (name = "") =>
        !editorOnly.test(name) &&
        !style.includes(`${name}: #`) &&
        !style.includes(`${name}: s`) &&
        !style.includes(`${name}: u`),
    );
    assert.deepEqual(missing, []);
  });
});

it("two diagnoses side by side say what is gone and what came out otherwise", () => {
  const mended = {
    ...diagnosis,
    verdicts: [],
    symptoms: diagnosis.symptoms.map((one) => ({ ...one, outcome: "ok", failed: false }) as const),
  };
  const text = comparisonPage({ diagnosis, when: "then" }, { diagnosis: mended, when: "now" }, resources);
  assert.match(text, /IPv6 failed and now works; forwarding-off is gone\./);
  assert.match(text, /<b>gone:<\/b> IPv6 forwarding is off on the node/);
  assert.match(text, /<th scope="row">pod default\/n2-p1<\/th><td>IPv6<\/td><td class="fails"><b class="said">fails/);
});
