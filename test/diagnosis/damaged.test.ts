import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { diagnoseSaved, openSaved, type Saved } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToJson, diagnosisToText } from "#core/report/diagnosis.ts";
import { savedDiagnoses } from "./saved.ts";

const files = [...savedDiagnoses()].map(([name, { subject, observations, proves }]) => {
  const whole = observations.map((one) => ({ asked: one.id, command: "", line: "", ...one }));
  const head = { kind: "kube-ipv6-diagnosis", format: 1, context: "", startedAt: 0, took: 0, execs: 0 } as const;
  return { name, proves, saved: { ...head, subject, observations: whole } satisfies Saved };
});

const odd = fc.constantFrom<unknown>(null, -1, "", "x", [], {}, [null], true, { toString: 1, valueOf: 1 });

/** The same with one value of it, somewhere, in the place of another. */
function changed(value: unknown, where: readonly number[], into: unknown): unknown {
  const [first, ...rest] = where;
  if (first === undefined || typeof value !== "object" || value === null) return into;
  const keys = Object.keys(value);
  const key = keys[first % keys.length];
  if (key === undefined) return into;
  const inside = changed((value as Record<string, unknown>)[key], rest, into);
  return Array.isArray(value) ? value.with(Number(key), inside) : { ...value, [key]: inside };
}

describe("a saved diagnosis that somebody changed", () => {
  it("is reported, or refused with a sentence", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(999),
        fc.array(fc.nat(99), { maxLength: 7 }),
        odd,
        async (file, index, where, into) => {
          const { observations } = file.saved;
          const at = index % observations.length;
          const text = JSON.stringify({
            ...file.saved,
            observations: observations.with(
              at,
              changed(observations[at], where, into) as (typeof observations)[number],
            ),
          });
          const opened = openSaved(text);
          if (typeof opened === "string") return assert.match(opened, /changed|damaged/);
          const diagnosis = await diagnoseSaved(opened).catch((error: Error) => error.message);
          if (typeof diagnosis === "string") return assert.match(diagnosis, /changed, or is damaged$/);
          assert.notEqual(diagnosisToText(diagnosis, { color: false }), "");
          for (const { because } of diagnosis.verdicts) assert.doesNotMatch(because, /this check failed/);
          JSON.parse(diagnosisToJson(diagnosis));
        },
      ),
    );
  });

  it("is refused where an answer is cut off, and never healthy by that", async () => {
    const broken = files.filter(({ proves }) => proves !== "");
    assert.ok(broken.length > 10);
    for (const { name, saved } of broken) {
      const text = JSON.stringify(saved);
      for (const share of [0.1, 0.5, 0.9, 0.999])
        assert.equal(typeof openSaved(text.slice(0, Math.floor(text.length * share))), "string", name);
      // A file may be cut where another program mends the brackets: what is missing was not looked at.
      for (const share of [0, 0.3, 0.7]) {
        const some = saved.observations.slice(0, Math.floor(saved.observations.length * share));
        const { families, first } = await diagnoseSaved({ ...saved, observations: some });
        const dialled = some.some(({ probe }) => probe === "dial" || probe === "lookup");
        if (!dialled) assert.deepEqual([families.IPv6.works, families.IPv4.works, first], [[], [], undefined], name);
      }
    }
  });
});
