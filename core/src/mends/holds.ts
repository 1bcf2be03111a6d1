import type { Diagnosis, Verdict } from "../diagnosis/diagnosis.ts";
import { worked } from "../judging/symptom.ts";
import type { MendWay } from "./way.ts";

/** What asking again has shown. */
export interface Held {
  readonly holds: boolean;
  /** One sentence. */
  readonly says: string;
}

/** Whether a cause that was proven is gone, and what it explained now works; asked with the same subject. */
export function heldNow(
  { cause, explains }: Pick<Verdict, "cause" | "explains">,
  { takesAway }: Pick<MendWay, "takesAway">,
  after: Diagnosis,
): Held {
  if (after.stopped) return { holds: false, says: `it could not be asked again: ${after.stopped.message}` };
  const proven = after.verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  if (proven.some((verdict) => verdict.cause === cause)) return { holds: false, says: `${cause} is still proven` };
  const about = after.symptoms.filter(
    ({ id, family }) => family === "IPv6" && explains.some((one) => isOf(one, id) || (takesAway && isOf(id, one))),
  );
  if (takesAway) {
    const left = about.find(({ failed, outcome }) => failed && outcome !== "no-address");
    return left
      ? { holds: false, says: `${cause} is gone, and ${left.from} to ${left.to} still fails: ${left.text}` }
      : { holds: true, says: `${cause} is gone, and nobody is sent there over IPv6 any more` };
  }
  const fails = about.filter(({ failed }) => failed);
  const works = about.filter(worked);
  const [first] = proven;
  if (fails.length > 0) {
    const now = first ? `${first.cause}: ${first.because}` : `${fails[0]?.to}: ${fails[0]?.text}`;
    return { holds: false, says: `${cause} is gone, and it does not work yet: ${now}` };
  }
  const [reached] = [...works].sort((a, b) => (a.kind === "dial" ? 0 : 1) - (b.kind === "dial" ? 0 : 1));
  return reached
    ? {
        holds: true,
        says: `${cause} is gone, and this is seen over IPv6: ${reached.from} to ${reached.to}: ${reached.text}`,
      }
    : { holds: false, says: `${cause} is gone, and nothing was seen to work over IPv6` };
}

/** A target that had no address is dialled at the one it has now. */
function isOf(before: string, now: string): boolean {
  return before === now || now.startsWith(`${before} `);
}
