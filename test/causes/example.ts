import { readFileSync } from "node:fs";
import path from "node:path";
import { causes } from "#core/causes/index.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { verdictOf } from "#core/diagnosis/verdict.ts";
import type { Scene } from "#core/judging/scene.ts";
import { type Symptom, worked } from "#core/judging/symptom.ts";
import { observe } from "#core/probing/observation.ts";
import { questionId } from "#core/probing/probe.ts";
import { diagnosisToText } from "#core/report/diagnosis-text.ts";
import { type CauseId, type Given, judged } from "./case.ts";

/** The case that a cause's page shows: of the observations of its tests the fewest that prove it. */
export function exampleOf(id: CauseId): Given {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, `examples/${id}.json`), "utf8"));
}

/** What the report prints of the example, without its last line, which is about cost. */
export function exampleText(id: CauseId): string {
  const printed = diagnosisToText(exampleDiagnosis(id), { color: false });
  return printed.trimEnd().split("\n\n").slice(0, -1).join("\n\n");
}

/** What a diagnosis makes of the example, as if this cause alone had been judged. */
export function exampleDiagnosis(id: CauseId): Diagnosis {
  const { subject, judgement, seen } = judged(id, exampleOf(id));
  const observations = seen.map(({ question, answer }) => observe("", question, undefined, answer));
  const asked = seen.map(({ question }) => questionId(question));
  const failed = subject.symptoms.filter((symptom) => symptom.failed);
  const verdict = verdictOf(
    { id, cause: causes[id], judgement, asked },
    new Map(observations.map((one) => [one.id, one])),
    failed,
  );
  const symptoms = subject.symptoms.map((symptom) => placed(symptom, subject.scene));
  const of = (family: string) => symptoms.filter((symptom) => symptom.family === family);
  const summary = (family: string) => ({
    works: of(family)
      .filter(worked)
      .map(({ to }) => to),
    fails: of(family)
      .filter(({ failed }) => failed)
      .map(({ to }) => to),
  });
  return {
    context: "",
    subject: { from: { namespace: "default", name: "a" } },
    restarts: [],
    missing: [],
    troubles: [],
    chosen: [],
    symptoms,
    verdicts: [verdict],
    ...(verdict.status === "proven" && !verdict.latent ? { first: verdict } : {}),
    families: { IPv6: summary("IPv6"), IPv4: summary("IPv4") },
    path: [],
    sizes: [],
    notLooked: [],
    observations,
    execs: 0,
    startedAt: 0,
    took: 0,
    left: [],
    cancelled: false,
  };
}

/** A case names only where to a dial goes; a reader wants to see what was dialled. */
function placed({ flow, name: _, ...symptom }: Symptom, { services }: Scene): Symptom {
  if (!flow) return symptom;
  if (flow.scope === "outside") return { ...symptom, to: flow.family === "IPv6" ? "2001:db8:ffff::1" : "192.0.2.1" };
  if (flow.scope === "service") return { ...symptom, to: `Service default/${services[0]?.name ?? "web"}` };
  return { ...symptom, to: flow.scope === "node" ? "node n2" : "pod default/b" };
}
