import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { refused } from "#core/cluster/cluster.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import { type Diagnosis, diagnoseSaved, openSaved, replay, saved } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToMarkdown } from "#core/report/diagnosis.ts";
import { diagnosisDocument, diagnosisToJson } from "#core/report/diagnosis-json.ts";
import { diagnosisToText } from "#core/report/diagnosis-text.ts";
import { violations } from "#test/support/json-schema.ts";

const root = join(import.meta.dirname, "../..");
const schema = JSON.parse(readFileSync(join(root, "docs/diagnose.schema.json"), "utf8"));
const demo = JSON.parse(readFileSync(join(root, "demo/cluster.json"), "utf8"));
const broken = await diagnoseDemo(demo);

/** The demo with some of its observations altered or taken away. */
async function altered(change: (observation: Diagnosis["observations"][number]) => object): Promise<Diagnosis> {
  const observations = broken.observations.map((one) => ({ ...one, ...change(one) }));
  return replay(observations, broken.subject, { context: "demo" });
}

describe("the document other programs read", () => {
  it("is as its schema says: with a cause, without anything, with every dial fine, and refused throughout", async () => {
    const refusals = await altered(() => ({ answer: refused("forbidden", "you may not") }));
    const fine = await altered(({ probe, answer }) =>
      probe === "dial" && answer.ok
        ? { answer: { ok: true, value: { ...(answer.value as object), ok: true, text: "" } } }
        : {},
    );
    for (const diagnosis of [broken, await replay([], {}), fine, refusals])
      assert.deepEqual(violations(schema, JSON.parse(diagnosisToJson(diagnosis))), []);
    assert.deepEqual(violations(schema, JSON.parse(diagnosisToJson(broken, { recording: true }))), []);
    assert.deepEqual(diagnosisDocument(fine).causes, [], "nothing fails, so there is no cause");
    assert.deepEqual(diagnosisDocument(refusals).causes, [], "nobody looked, so there is no cause");
  });

  it("would be seen to be wrong: the schema is checked, not only read", () => {
    const document = diagnosisDocument(broken);
    const spoiled = [
      { ...document, causes: [{ ...document.causes[0], code: "K99x" }] },
      { ...document, left: undefined },
      { ...document, more: 1 },
      { ...document, symptoms: [{ ...document.symptoms[0], family: "IPv5" }] },
      { ...document, ms: "1" },
    ];
    for (const one of spoiled) assert.equal(violations(schema, one).length, 1, JSON.stringify(violations(schema, one)));
  });

  it("has the answer first, with its number, and what decided before what else was asked", () => {
    const [first] = diagnosisDocument(broken).causes;
    assert.deepEqual(
      [first?.id, first?.code, first?.verdict, first?.family],
      ["forwarding-off", "K03", "proven", "IPv6"],
    );
    assert.match(first?.evidence[0]?.seen ?? "", /Ip6InAddrErrors/);
    assert.match(first?.evidence[0]?.command ?? "", /^kubectl .* exec /);
  });

  it("says of a possible cause what would prove it, in every format", () => {
    const { first: _first, ...rest } = broken;
    const verdicts = broken.verdicts.map((verdict) =>
      verdict.cause === "forwarding-off"
        ? { ...verdict, status: "possible" as const, missing: "Ip6InAddrErrors that rises meanwhile" }
        : verdict,
    );
    const open = { ...rest, verdicts };
    const [found] = diagnosisDocument(open).causes;
    assert.deepEqual([found?.verdict, found?.missing], ["possible", "Ip6InAddrErrors that rises meanwhile"]);
    assert.deepEqual(violations(schema, JSON.parse(diagnosisToJson(open))), []);
    for (const text of [diagnosisToText(open, { color: false }), diagnosisToMarkdown(open)])
      for (const part of [found?.missing, found?.fix]) assert.ok(part && text.includes(part), text);
    assert.match(diagnosisToText(open, { color: false }), /no cause is proven, 1 possible below/);
  });

  it("holds no observation, unless the report is to be judged again", async () => {
    assert.ok(!("recording" in diagnosisDocument(broken)));
    const bundle = openSaved(diagnosisToJson(broken, { recording: true }));
    assert.ok(typeof bundle !== "string");
    const again = await diagnoseSaved(bundle);
    assert.deepEqual(diagnosisDocument(again), diagnosisDocument(broken));
    assert.deepEqual(openSaved(JSON.stringify(saved(broken))), saved(broken));
  });

  it("says of anything else that it is no saved diagnosis", () => {
    for (const text of ["", "{", "null", "[]", "{}", '{"recording":{}}'])
      assert.equal(typeof openSaved(text), "string");
  });

  it("names no kind that the server does not serve, neither as evidence nor as not looked at", async () => {
    const gone = refused("unsupported", "Cannot list tiers of crd.projectcalico.org/v1: 404 page not found");
    const bare = await altered(({ probe }) =>
      probe === "policies" || probe === "calico-pools" ? { answer: gone } : {},
    );
    const kinds = /404|adminnetworkpolic|projectcalico/i;
    assert.doesNotMatch(JSON.stringify(diagnosisDocument(bare).causes), kinds);
    assert.doesNotMatch(diagnosisToText(bare, { color: false }), kinds);
  });
});
