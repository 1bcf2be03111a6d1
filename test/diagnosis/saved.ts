import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Diagnosis, type Observation, replay, type Subject } from "#core/diagnosis/diagnosis.ts";

/** What a diagnosis of the lab observed, without the texts that a report would make of it. */
export interface SavedDiagnosis {
  readonly subject: Subject;
  readonly outside: readonly string[];
  /** The cause it came to; empty where nothing was wrong. */
  readonly proves: string;
  readonly observations: readonly Pick<Observation, "id" | "probe" | "args" | "access" | "vantage" | "answer">[];
}

/** Every saved diagnosis by its name, the demo's among them. */
export function savedDiagnoses(): Map<string, SavedDiagnosis> {
  const folder = path.join(import.meta.dirname, "data");
  const read = (file: string): SavedDiagnosis => ({
    outside: [],
    proves: "forwarding-off",
    ...JSON.parse(readFileSync(file, "utf8")),
  });
  const files = readdirSync(folder)
    .sort()
    .map((file) => [file.replace(/\.json$/, ""), path.join(folder, file)] as const);
  const demo = ["demo", path.join(import.meta.dirname, "../../demo/cluster.json")] as const;
  return new Map([...files, demo].map(([name, file]) => [name, read(file)]));
}

/** Judges what was observed anew. */
export function replayed(
  { subject, outside }: SavedDiagnosis,
  observations: SavedDiagnosis["observations"],
): Promise<Diagnosis> {
  const whole = observations.map((one): Observation => ({ asked: one.id, command: "", line: "", ...one }));
  return replay(whole, subject, { outside });
}
