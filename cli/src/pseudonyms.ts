import { randomBytes } from "node:crypto";
import { type Diagnosis, diagnoseSaved, saved } from "#core/diagnosis/diagnosis.ts";
import { pseudonymised } from "#core/diagnosis/pseudonyms/pseudonyms.ts";

/** The same diagnosis with other names and addresses; undefined where it would not say the same any more. */
export async function underPseudonyms(diagnosis: Diagnosis): Promise<Diagnosis | undefined> {
  const other = await pseudonymised(saved(diagnosis), () => (randomBytes(1)[0] ?? 0) % 2 === 1);
  return other && diagnoseSaved(other);
}
