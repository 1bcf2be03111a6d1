import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { causes } from "#core/causes/index.ts";
import { refused } from "#core/cluster/cluster.ts";
import { isQuestion } from "#core/judging/proof.ts";
import { questionId } from "#core/probing/probe.ts";
import { lieOf, reasons } from "../support/refusals.ts";
import { whole } from "../support/whole.ts";
import { type CauseId, type Given, judged } from "./case.ts";
import { exampleOf } from "./example.ts";

const ids = Object.keys(causes) as CauseId[];

/** The diagnoses that are saved as a whole hold a few causes; the examples hold an observation of every probe that a cause asks. */
describe("what could not be looked at of a cause's example proves nothing and excludes nothing", () => {
  let turn = 0;
  for (const id of ids)
    it(id, () => {
      const given = exampleOf(id);
      const base = statuses(given);
      const keys = Object.keys(given.seen ?? {});
      const wrong = [...keys.map((key) => [key]), keys].flatMap((meant) =>
        (whole ? reasons : [reasons[turn++ % reasons.length] ?? "failed"]).flatMap((reason) => {
          const refusals = Object.fromEntries(meant.map((key) => [key, refused(reason, "told to")]));
          const now = statuses({ ...given, seen: { ...given.seen, ...refusals } });
          return ids.flatMap((one) =>
            lies(base.get(one), now.get(one)).map(
              (lie) => `${one} ${lie}, with ${meant.join(" and ")} refused as ${reason}`,
            ),
          );
        }),
      );
      assert.deepEqual(wrong, []);
    });
});

interface Found {
  readonly status: string;
  /** What a proof or an exclusion rests on that nobody could look at. */
  readonly unseen: readonly string[];
}

function statuses(given: Given): Map<CauseId, Found> {
  return new Map(
    ids.map((id) => {
      const { judgement, seen } = judged(id, given);
      const answers = new Map(seen.map(({ question, answer }) => [questionId(question), answer]));
      const asked = (judgement.rests ?? []).filter(isQuestion).map(questionId);
      return [id, { status: judgement.status, unseen: asked.filter((one) => answers.get(one)?.ok !== true) }];
    }),
  );
}

function lies(was: Found | undefined, now: Found | undefined): string[] {
  const said = now?.status === "proven" || now?.status === "excluded";
  return [
    ...lieOf(was?.status, now?.status),
    ...(said && now.unseen.length > 0 ? [`is ${now.status} by ${now.unseen.join(", ")}`] : []),
  ];
}
