import { familyOf } from "../address.ts";
import type { Flow, Name, Scene } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

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

/** The same scene, with all patience for what these symptoms were about. */
export function patiently(scene: Scene, symptoms: readonly Symptom[]): Scene {
  const calm = <T extends Flow | Name>(one: T, isMeant: boolean): T => {
    const { haste: _haste, ...rest } = one;
    return isMeant ? (rest as T) : one;
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
