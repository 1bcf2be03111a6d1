import { familyOf } from "../addresses/address.ts";
import type { Flow, Name, Scene } from "../judging/scene.ts";
import { delayed, lateBy, type Symptom } from "../judging/symptom.ts";

/**
 * Silence over IPv6 inside the cluster is believed after a first look, because a path there answers in milliseconds; what
 * no proven cause explains is dialled again with all patience. IPv4 and the outside are waited for at once.
 */
export function hurried<T extends Flow | Name>(one: T, haste: number | undefined): T {
  const inside =
    "family" in one
      ? one.family === "IPv6" && one.scope !== "outside"
      : familyOf(one.server) === "IPv6" && (one.justReach === true || one.service !== undefined);
  return haste !== undefined && inside ? { ...one, haste } : one;
}

/** Seconds after which the kernel has reported a neighbour that does not answer: three questions, a second apart, and what it takes. */
export const decisive = 3.5;

/**
 * Whether a symptom is a silence that was not waited for to the end: a lookup to the end of its patience, a dial until the
 * kernel would have told that a next hop is dead.
 */
export function isHasty({ outcome, busy, flow, name, ms = 0 }: Symptom, patience: number): boolean {
  if (outcome !== "timeout" && !busy) return false;
  if (flow) return flow.patience === undefined && ms < decisive * 1000 - 100;
  return name?.haste !== undefined && ms < patience * 1000 - 100;
}

/** Whether it was refused as late as if somebody else refused in the target's place; a SYN that is lost on the way looks the same, once. */
export function isRefusedLate(symptom: Symptom): boolean {
  const { outcome, failed, flow } = symptom;
  return outcome === "refused" && failed && flow?.expectListener === false && lateBy(symptom) >= delayed;
}

/** The same scene, with all patience for what these symptoms were about; what was refused late is dialled again. */
export function patiently(scene: Scene, symptoms: readonly Symptom[]): Scene {
  const late = symptoms.filter(isRefusedLate).map(({ flow }) => flow);
  const calm = <T extends Flow | Name>(one: T, isMeant: boolean): T => {
    const { haste: _haste, ...rest } = one;
    const waits = "family" in one && !late.some((flow) => flow === one) ? { patience: decisive } : {};
    return isMeant ? ({ ...rest, ...waits, ...(late.some((flow) => flow === one) ? { again: true } : {}) } as T) : one;
  };
  const flows = symptoms.map(({ flow }) => flow);
  const names = symptoms.map(({ name }) => name);
  return {
    ...scene,
    flows: scene.flows.map((one) => calm(one, flows.includes(one))),
    returns: scene.returns.map((one) => calm(one, flows.includes(one))),
    names: scene.names.map((one) => calm(one, names.includes(one))),
  };
}
