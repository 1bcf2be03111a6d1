import assert from "node:assert/strict";
import { it } from "node:test";
import { answered, refused } from "#core/cluster/cluster.ts";
import { Engine } from "#core/diagnosis/engine.ts";
import { judgeAll } from "#core/diagnosis/judge.ts";
import { type Cause, excluded, type Proof, proven } from "#core/judging/cause.ts";
import { ask, type ExecProbe, type Observation, question, questionId, tryAsk } from "#core/probing/probe.ts";

const probe: ExecProbe<{ pod: string }, number> = {
  id: "number",
  access: "exec",
  vantage: ({ pod }) => ({ kind: "pod", namespace: "default", pod }),
  asks: ({ pod }) => `a number in ${pod}`,
  types: () => ["true"],
  wants: () => [],
  read: () => answered(1),
  line: (value) => `${value}`,
};

function cause(judge: Cause["judge"]): Cause {
  return { layer: "kernel", summary: "", why: "", source: "", looksLike: [], code: "", judge };
}

const nothing = { scene: { order: [], standing: () => [] }, symptoms: [], patience: 2 } as never;
const timeout = { id: "IPv6 x", family: "IPv6", outcome: "timeout", failed: true } as const;
const failure = timeout as never;
const numberIn = (pod: string) => question(probe, { pod });
/** All that a proof needs, from the number in one pod. */
const proof = (pod: string): Proof => ({
  died: { how: "tuple", dial: failure, by: [numberIn(pod)] },
  instead: [{ lookalike: "another", by: [numberIn(pod)] }],
  explains: ["IPv6 x"],
});

function engineWith(answers: Record<string, Observation["answer"]>) {
  const asked: string[] = [];
  const engine = new Engine(
    {
      execs: 0,
      look: async (questions) =>
        questions.map((question) => {
          asked.push(questionId(question));
          const pod = (question.args as { pod: string }).pod;
          const answer = answers[pod] ?? refused("failed", "nobody knows");
          return {
            id: questionId(question),
            probe: "number",
            args: question.args,
            access: "exec",
            vantage: { kind: "api" },
            asked: "",
            command: "",
            answer,
            line: "",
          };
        }),
    },
    undefined,
  );
  return { engine, asked };
}

it("asks each question once, however many causes want the answer", async () => {
  const { engine, asked } = engineWith({ a: answered(1) });
  const causes = Object.fromEntries(
    ["one", "two"].map((id) => [
      id,
      cause(function* () {
        return excluded(`${yield* ask(probe, { pod: "a" })}`, [numberIn("a")]);
      }),
    ]),
  );
  await judgeAll(engine, causes, { ...(nothing as object), failures: [] } as never);
  assert.deepEqual(asked, ['number({"pod":"a"})']);
});

it("a cause with a bug, or without an answer, knows nothing; the others go on", async () => {
  const { engine } = engineWith({ a: answered(1) });
  const causes = {
    bug: cause(function* () {
      yield* ask(probe, { pod: "a" });
      throw new TypeError("oops");
    }),
    blind: cause(function* () {
      return excluded(`${yield* ask(probe, { pod: "b" })}`, [numberIn("b")]);
    }),
    fine: cause(function* () {
      return proven(`${yield* ask(probe, { pod: "a" })}`, proof("a"));
    }),
  };
  const judged = await judgeAll(engine, causes, { ...(nothing as object), failures: [] } as never);
  assert.deepEqual(
    judged.map(({ id, judgement }) => [id, judgement.status]),
    [
      ["bug", "unknown"],
      ["blind", "unknown"],
      ["fine", "proven"],
    ],
  );
  assert.match(judged[0]?.judgement.because ?? "", /oops/);
  assert.match(judged[1]?.judgement.because ?? "", /could not look at a number in b: nobody knows/);
});

it("bothers no further container once a proven cause explains what fails", async () => {
  const { engine, asked } = engineWith({ a: answered(1), b: answered(2) });
  const causes = {
    first: cause(function* () {
      yield* ask(probe, { pod: "a" });
      return proven("it", proof("a"));
    }),
    second: cause(function* () {
      yield* ask(probe, { pod: "a" });
      return excluded(`${yield* ask(probe, { pod: "b" })}`, [numberIn("b")]);
    }),
  };
  const [, second] = await judgeAll(engine, causes, { ...(nothing as object), failures: [failure] } as never);
  assert.deepEqual(asked, ['number({"pod":"a"})']);
  assert.match(second?.judgement.because ?? "", /first explains what fails/);
});

it("lets no proof stand on what nobody could look at, nor one of which nothing of ours died", async () => {
  const { engine } = engineWith({ a: answered(1), gone: refused("not-found", "the pod is gone") });
  const unseen = { ...timeout, outcome: "not-looked", text: "nobody dialled" } as never;
  const proofs: Record<string, Proof> = {
    sound: proof("a"),
    "the defect unseen": proof("gone"),
    "a lookalike unseen": { ...proof("a"), instead: [{ lookalike: "another", by: [numberIn("gone")] }] },
    "never asked": { ...proof("a"), instead: [{ lookalike: "another", by: [numberIn("c")] }] },
    "nothing dialled": { ...proof("a"), died: { how: "tuple", dial: unseen, by: [numberIn("a")] } },
    "the dial works": {
      ...proof("a"),
      died: { how: "tuple", dial: { ...timeout, failed: false } as never, by: [numberIn("a")] },
    },
    "nothing counted": { ...proof("a"), died: { how: "counted", dial: failure, by: [numberIn("a")], packets: 0 } },
  };
  const causes = Object.fromEntries(
    Object.entries(proofs).map(([id, one]) => [
      id,
      cause(function* () {
        yield* tryAsk(probe, { pod: "a" });
        yield* tryAsk(probe, { pod: "gone" });
        return proven("it", one);
      }),
    ]),
  );
  const judged = await judgeAll(engine, causes, { ...(nothing as object), failures: [] } as never);
  assert.deepEqual(
    judged.filter(({ judgement }) => judgement.status !== "unknown").map(({ id }) => id),
    ["sound"],
  );
  assert.match(judged[1]?.judgement.because ?? "", /could not look at .*: the pod is gone/);
});

it("takes that a file does not exist for seen, and that a pod does not for unseen", async () => {
  const { engine } = engineWith({ a: refused("absent", "no such file"), b: refused("not-found", "no such pod") });
  const causes = Object.fromEntries(
    ["a", "b"].map((pod) => [
      pod,
      cause(function* () {
        yield* tryAsk(probe, { pod });
        return excluded("it", [numberIn(pod)]);
      }),
    ]),
  );
  const judged = await judgeAll(engine, causes, { ...(nothing as object), failures: [] } as never);
  assert.deepEqual(
    judged.map(({ judgement }) => judgement.status),
    ["excluded", "unknown"],
  );
});

it("excludes nothing for want of anything to look at", () => {
  assert.equal(excluded("there is none", []).status, "unknown");
});
