import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type RefusalReason, refused } from "#core/cluster/cluster.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { vantageName } from "#core/probing/probe.ts";
import { replayed, type SavedDiagnosis, savedDiagnoses } from "./saved.ts";

/** Every way in which nobody could look. That a file is absent is not among them: somebody looked. */
const reasons: readonly Exclude<RefusalReason, "absent">[] = [
  "unauthorized",
  "forbidden",
  "not-found",
  "unreachable",
  "tls",
  "timeout",
  "cancelled",
  "no-command",
  "not-running",
  "config",
  "unsupported",
  "failed",
];

type One = SavedDiagnosis["observations"][number];

describe("what could not be looked at proves nothing and excludes nothing", () => {
  for (const [name, saved] of savedDiagnoses())
    it(`${name}: each observation, each probe and each place refused, for each reason`, async () => {
      const whole = await replayed(saved, saved.observations);
      assert.equal(
        whole.first?.cause ?? "",
        saved.proves,
        "`node test/diagnosis/record.ts` records anew what is asked today",
      );
      const base = statuses(whole);
      const wrong = new Set<string>();
      for (const { what, isMeant } of choices(saved))
        for (const reason of reasons) {
          const refusal = refused(reason, "told to");
          const observations = saved.observations.map((one) => (isMeant(one) ? { ...one, answer: refusal } : one));
          const diagnosis = await replayed(saved, observations);
          for (const lie of lies(base, statuses(diagnosis))) wrong.add(`${lie}, with ${what} refused as ${reason}`);
          if (what === "everything")
            for (const claim of claims(diagnosis)) wrong.add(`${claim} although everything is ${reason}`);
        }
      assert.deepEqual([...wrong], []);
    });
});

function choices({ observations }: SavedDiagnosis): { what: string; isMeant(one: One): boolean }[] {
  const probes = [...new Set(observations.map(({ probe }) => probe))];
  const places = [...new Set(observations.map(({ vantage }) => vantageName(vantage)))];
  return [
    ...observations.map(({ id }) => ({ what: id, isMeant: (one: One) => one.id === id })),
    ...probes.map((probe) => ({ what: `every ${probe}`, isMeant: (one: One) => one.probe === probe })),
    ...places.map((place) => ({ what: place, isMeant: (one: One) => vantageName(one.vantage) === place })),
    { what: "every container", isMeant: ({ access }) => access === "exec" },
    { what: "everything", isMeant: () => true },
  ];
}

function statuses({ verdicts }: Diagnosis): Map<string, string> {
  return new Map(verdicts.map(({ cause, status }) => [cause, status]));
}

/** Knowing less may leave a cause open; it makes no other one the cause, and does not clear the one that was found. */
function lies(base: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...now].flatMap(([cause, status]) => {
    const was = base.get(cause);
    if (status === "proven" && was !== "proven") return [`${cause} is proven and was ${was}`];
    if (status === "excluded" && (was === "proven" || was === "possible"))
      return [`${cause} is excluded and was ${was}`];
    return [];
  });
}

function claims({ verdicts, families, symptoms }: Diagnosis): string[] {
  return [
    ...verdicts.filter(({ status }) => status !== "unknown").map(({ cause, status }) => `${cause} is ${status}`),
    ...families.IPv6.works.map((what) => `"${what}" works`),
    ...symptoms.filter(({ failed }) => failed).map(({ to }) => `${to} fails`),
  ];
}
