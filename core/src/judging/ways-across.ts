import type { Case } from "./cause.ts";
import { failedOnTheWay } from "./failures.ts";
import type { ScenePod } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** A way between pods of two nodes: that of the packets of a dial which was lost, or that of their answers. */
export interface WayAcross {
  readonly dial: Symptom;
  readonly from: ScenePod;
  readonly to: ScenePod;
}

/** The ways of all IPv6 dials to pods of other nodes that were lost on the way, there and back: answers get lost as well. */
export function waysAcross(subject: Case): readonly WayAcross[] {
  return failedOnTheWay(subject).flatMap((dial) => {
    const { scope, from, toPod } = dial.flow ?? {};
    if (scope !== "other-node" || !from || !toPod?.ips.IPv6) return [];
    return [
      { dial, from, to: toPod },
      { dial, from: toPod, to: from },
    ];
  });
}

/** The dials that have a pod at one of their ends. */
export function dialsWith(pod: ScenePod, ways: readonly WayAcross[]): string[] {
  return ways.filter(({ to }) => to === pod).map(({ dial }) => dial.id);
}
