import assert from "node:assert/strict";
import { it } from "node:test";
import { answered, refused } from "#core/cluster/cluster.ts";
import { Engine } from "#core/diagnosis/engine.ts";
import { judgeAll } from "#core/diagnosis/judge.ts";
import { type Cause, excluded, proven } from "#core/judging/cause.ts";
import { ask, type ExecProbe, type Observation, questionId } from "#core/probing/probe.ts";

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
const failure = { id: "IPv6 x", family: "IPv6", failed: true } as never;

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
        return excluded(`${yield* ask(probe, { pod: "a" })}`);
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
      return excluded(`${yield* ask(probe, { pod: "b" })}`);
    }),
    fine: cause(function* () {
      return proven(`${yield* ask(probe, { pod: "a" })}`, {});
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
      return proven("it", {});
    }),
    second: cause(function* () {
      yield* ask(probe, { pod: "a" });
      return excluded(`${yield* ask(probe, { pod: "b" })}`);
    }),
  };
  const [, second] = await judgeAll(engine, causes, { ...(nothing as object), failures: [failure] } as never);
  assert.deepEqual(asked, ['number({"pod":"a"})']);
  assert.match(second?.judgement.because ?? "", /first explains what fails/);
});
