import { byHand } from "../outposts/by-hand.ts";
import { defaultImage } from "../outposts/image.ts";
import { vantageName } from "../probing/probe.ts";
import { type DiagnosedScene, needsOf } from "./needs.ts";
import type { NotLookedAt } from "./not-looked.ts";

/** For pods that nothing can be run in: the level at which they are looked at all the same, and what a person types for it. */
export function wouldAnswer(looked: DiagnosedScene): NotLookedAt[] {
  const { context } = looked.diagnosis;
  return needsOf(looked, "privileged-node").flatMap(({ at, why, ways: [way] }) => {
    if (at.kind !== "pod" || !way) return [];
    const outpost = way.make({ image: defaultImage, namespace: at.namespace, name: () => "kube-ipv6" });
    return [{ what: vantageName(at), why, command: byHand(context, outpost), needs: way.level }];
  });
}
