import { type PathSize, pathSize } from "../judging/path-size.ts";
import type { Flow, Scene } from "../judging/scene.ts";
import type { Subject } from "../judging/subject.ts";
import { type Symptom, worked } from "../judging/symptom.ts";
import type { Asking } from "../probing/probe.ts";

/** Each takes an exec, and seconds where a path is narrow. */
const most = 4;

/** Addresses that rules of the nodes translate: nobody answers an echo to them. */
const translated: ReadonlySet<Flow["scope"]> = new Set(["service", "node-port", "load-balancer"]);

/** How large packets may be, where a dial hangs on a large one in either family, or where it was asked for. */
export function* measureSizes(scene: Scene, symptoms: readonly Symptom[], { sizes, to }: Subject): Asking<PathSize[]> {
  const dials = symptoms.flatMap(({ flow, outcome, failed }) => (flow ? [{ flow, outcome, failed }] : []));
  const hanging = new Set(dials.filter(({ outcome }) => outcome === "stalls").map(({ flow }) => wayOf(flow)));
  const open = dials.filter((dial) => dial.outcome === "stalls" || worked(dial));
  const named = ({ asked, behind, target }: Flow) =>
    asked || behind !== undefined || (to?.kind === "node" && target === to);
  const wanted = open.filter(({ flow }) => hanging.has(wayOf(flow)) || (sizes && named(flow)));
  const flows = wanted.map(({ flow }) => flow).filter(({ scope }) => !translated.has(scope));
  const measured: PathSize[] = [];
  for (const flow of flows.slice(0, most)) {
    // What carries both families is as narrow for both.
    const likely = measured.find(({ to, next }) => to === flow.to && next !== null)?.largest;
    const one = yield* pathSize(scene, flow, likely ?? undefined);
    if (one) measured.push(one);
  }
  return measured;
}

/** The same for both families. */
function wayOf({ from, to }: Flow): string {
  return `${from.namespace}/${from.name} ${to}`;
}
