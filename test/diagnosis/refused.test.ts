import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refused } from "#core/cluster/cluster.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { vantageName } from "#core/probing/probe.ts";
import { lieOf, reasons } from "../support/refusals.ts";
import { whole } from "../support/whole.ts";
import { replayed, type SavedDiagnosis, savedDiagnoses } from "./saved.ts";

type One = SavedDiagnosis["observations"][number];

describe("what could not be looked at proves nothing and excludes nothing", () => {
  const times = whole ? "for each reason" : "for one of the reasons in turn";
  let turn = 0;
  for (const [name, saved] of savedDiagnoses())
    it(`${name}: each observation, each probe and each place refused, ${times}`, async () => {
      const seen = await replayed(saved, saved.observations);
      assert.equal(
        seen.first?.cause ?? "",
        saved.proves,
        "`node test/diagnosis/record.ts` records anew what is asked today",
      );
      const base = statuses(seen);
      const wrong = new Set<string>();
      for (const { what, meant } of choices(saved))
        for (const reason of whole || what === "everything"
          ? reasons
          : [reasons[turn++ % reasons.length] ?? "failed"]) {
          const refusal = refused(reason, "told to");
          const observations = saved.observations.map((one) => (meant.has(one) ? { ...one, answer: refusal } : one));
          const diagnosis = await replayed(saved, observations);
          for (const lie of lies(base, statuses(diagnosis))) wrong.add(`${lie}, with ${what} refused as ${reason}`);
          if (what === "everything")
            for (const claim of claims(diagnosis)) wrong.add(`${claim} although everything is ${reason}`);
        }
      assert.deepEqual([...wrong], []);
    });
});

/** What is refused together, each set of observations once. */
function choices({ observations }: SavedDiagnosis): { what: string; meant: ReadonlySet<One> }[] {
  const probes = Map.groupBy(observations, ({ probe }) => `every ${probe}`);
  const places = Map.groupBy(observations, ({ vantage }) => vantageName(vantage));
  const sets = [
    ["everything", observations],
    ...observations.map((one) => [one.id, [one]] as const),
    ...probes,
    ...places,
    ["every container", observations.filter(({ access }) => access === "exec")],
  ] as const;
  const distinct = new Map(
    [...sets].reverse().map(([what, ones]) => [ones.map(({ id }) => id).join("\n"), [what, ones]] as const),
  );
  return [...distinct.values()].map(([what, ones]) => ({ what, meant: new Set(ones) }));
}

function statuses({ verdicts }: Diagnosis): Map<string, string> {
  return new Map(verdicts.map(({ cause, status }) => [cause, status]));
}

function lies(base: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...now].flatMap(([cause, status]) => lieOf(base.get(cause), status).map((lie) => `${cause} ${lie}`));
}

function claims({ verdicts, families, symptoms }: Diagnosis): string[] {
  return [
    ...verdicts.filter(({ status }) => status !== "unknown").map(({ cause, status }) => `${cause} is ${status}`),
    ...families.IPv6.works.map((what) => `"${what}" works`),
    ...symptoms.filter(({ failed }) => failed).map(({ to }) => `${to} fails`),
  ];
}
