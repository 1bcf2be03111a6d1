import { familyOf } from "../addresses/address.ts";
import type { Flow, Name, Scene } from "../judging/scene.ts";
import { delayed, type Symptom } from "../judging/symptom.ts";

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

/** Whether a symptom is a silence that was not waited for to the end. */
export function isHasty({ outcome, flow, name, ms = 0 }: Symptom, patience: number): boolean {
  const { haste } = flow ?? name ?? {};
  return outcome === "timeout" && haste !== undefined && ms < patience * 1000 - 100;
}

/** Whether it was refused as late as if somebody else refused in the target's place; a SYN that is lost on the way looks the same, once. */
export function isLate({ outcome, failed, flow, ms = 0 }: Symptom): boolean {
  return outcome === "refused" && failed && flow?.expectListener === false && ms >= delayed;
}

/** The same scene, with all patience for what these symptoms were about; what was refused late is dialled again. */
export function patiently(scene: Scene, symptoms: readonly Symptom[]): Scene {
  const late = symptoms.filter(isLate).map(({ flow }) => flow);
  const calm = <T extends Flow | Name>(one: T, isMeant: boolean): T => {
    const { haste: _haste, ...rest } = one;
    return isMeant ? ({ ...rest, ...(late.some((flow) => flow === one) ? { again: true } : {}) } as T) : one;
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
