import type { Family } from "../addresses/address.ts";
import type { Action, DecidedBy } from "../policy/model.ts";
import type { PolicyStep } from "../policy/steps.ts";

/** The first rule that one family's packet meets and the other's does not; from there on their ways differ. */
export interface Divergence extends DecidedBy {
  /** Whose packet it met. */
  readonly matched: Family;
  readonly action: Action;
}

/**
 * Walks the rules of both families side by side, tier after tier. The lists are those of one subject, so that their steps stand at
 * the same places.
 */
export function divergenceOf(steps4: readonly PolicyStep[], steps6: readonly PolicyStep[]): Divergence | undefined {
  for (let start = 0; start < steps4.length; ) {
    const next = steps4[start]?.next ?? 0;
    const [at4, at6] = [matchIn(steps4, start, next), matchIn(steps6, start, next)];
    const [step4, step6] = [steps4[at4], steps6[at6]];
    if (at4 !== at6 && step4?.action !== step6?.action) {
      const [step, matched] = at4 < at6 ? ([step4, "IPv4"] as const) : ([step6, "IPv6"] as const);
      return step && { ...step.decidedBy, matched, action: step.action };
    }
    const action = step4?.action ?? "pass";
    if (action !== "pass" || next <= start) return undefined;
    start = next;
  }
  return undefined;
}

/** The place of the first step of a tier that matches; behind all steps if none does. */
function matchIn(steps: readonly PolicyStep[], start: number, next: number): number {
  for (let index = start; index < next; index++) if (steps[index]?.match === true) return index;
  return steps.length;
}
