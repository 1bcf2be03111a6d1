import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answered } from "#core/cluster/cluster.ts";
import { questionsOnFailure } from "#core/diagnosis/always-asked.ts";
import { Engine } from "#core/diagnosis/engine.ts";
import { probe as counters } from "#core/probes/counters.ts";
import { probe as links } from "#core/probes/links.ts";
import { probe as routes } from "#core/probes/routes.ts";
import { type Question, question, questionId, type Vantage, vantageName, whereAsked } from "#core/probing/probe.ts";

const [near, far] = ["n1", "n2"].map((node) => ({ kind: "node", node })) as [Vantage, Vantage];
const pod: Vantage = { kind: "pod", namespace: "default", pod: "a" };
const asksWhy = ["devices", "hop-limits", "neighbours", "policy-rules"];
const idsOf = (questions: readonly Question[]) => questions.map(({ probe }) => probe.id).sort();

/** An engine in whose scene a pod and its node are looked at first, and what it was asked at a time. */
function engineOf() {
  const looks: Question[][] = [];
  const look = async (questions: readonly Question[]) => {
    looks.push([...questions]);
    return questions.map((one) => ({ id: questionId(one), answer: answered({}) }) as never);
  };
  const engine = new Engine({ execs: 0, look } as never, undefined);
  const standing = (at: Vantage) => [question(counters, { at })];
  engine.scene = { order: [[pod, near], [far]], standing } as never;
  return { engine, looks };
}

describe("what is only asked when something failed", () => {
  it("is of devices, hop limits and neighbours anywhere, and of routing rules on nodes", () => {
    assert.deepEqual(idsOf(questionsOnFailure(near)), asksWhy);
    assert.deepEqual(idsOf(questionsOnFailure(pod)), asksWhy.slice(0, 3));
    assert.deepEqual(questionsOnFailure({ kind: "api" }), []);
    for (const at of [near, pod]) for (const one of questionsOnFailure(at)) assert.deepEqual(whereAsked(one), at);
  });

  it("is left out of the first look, and goes with the next one at the same place, once", async () => {
    const { engine, looks } = engineOf();
    await engine.fetch([question(routes, { at: near })]);
    await engine.fetch([question(links, { at: near })]);
    await engine.fetch([question(links, { at: pod })]);
    assert.deepEqual(looks.map(idsOf), [
      ["counters", "counters", "routes"],
      [...asksWhy, ...asksWhy.slice(0, 3), "links"].sort(),
      ["links"],
    ]);
  });

  it("goes with the first look at a node beyond the source's own: nobody looks there else", async () => {
    const { engine, looks } = engineOf();
    await engine.fetch([question(routes, { at: far })]);
    assert.deepEqual(looks.map(idsOf), [["counters", ...asksWhy, "routes"].sort()]);
    assert.ok(looks.flat().every((one) => vantageName(whereAsked(one)) === vantageName(far)));
  });
});
