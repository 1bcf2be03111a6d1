import { familyOf } from "../addresses/address.ts";
import type { Asking } from "../probing/probe.ts";
import { isOnLink } from "./bridged.ts";
import type { Case } from "./cause.ts";
import { isAt, leavesThePod } from "./failures.ts";
import { type Flow, type SceneNode, type ScenePod, selectsPod } from "./scene.ts";
import type { Outcome, Symptom } from "./symptom.ts";

/** What a defect accounts for: what meets it, and fails as it makes things fail. Whatever was answered, or goes another way, is somebody else's. */

const lost: readonly Outcome[] = ["timeout", "host-unreachable", "network-unreachable", "denied"];

/** Ids of what fails where a pod cannot send or be reached at all: what it dials and asks over IPv6, and what dials it. */
export function touching(subject: Case, pod: ScenePod, ...also: readonly Outcome[]): string[] {
  const meant = new Set<Outcome>([...lost, "no-local-address", "no-family", ...also]);
  const met = subject.failures.filter(
    (one) =>
      meant.has(one.outcome) &&
      (one.flow ? [one.flow.from, one.flow.toPod].includes(pod) && one.flow.host !== "::1" : asksInVain(one, pod)),
  );
  return [...ids(met), ...throughPods(subject, met)];
}

/** What a pod sends beyond its own link and gets no answer to. */
export function* lostFrom(
  subject: Case,
  pod: ScenePod,
  outcomes: readonly Outcome[] = lost,
): Asking<readonly Symptom[]> {
  const found: Symptom[] = [];
  for (const one of subject.failures) {
    const { flow, outcome, ms = 0 } = one;
    if (!outcomes.includes(outcome) || (outcome === "network-unreachable" && ms < leavesThePod)) continue;
    if (flow ? flow.from === pod && !(yield* isOnLink(flow)) : asksInVain(one, pod)) found.push(one);
  }
  return found;
}

/** Ids of what is lost of all that a node passes on for pods. */
export function* lostThrough(subject: Case, node: SceneNode, outcomes: readonly Outcome[] = lost): Asking<string[]> {
  const [source] = subject.scene.pods;
  if (source && subject.scene.nodes[0] === node) {
    const sent = source.hostNetwork ? [] : yield* lostFrom(subject, source, outcomes);
    return ids(sent.filter(({ flow }) => !flow || !isAt(flow, node)));
  }
  return lostTo(subject, ({ toPod }) => isPodOn(toPod, node), outcomes);
}

/** Ids of the dials that are lost and go where it is meant, and of the Services that fail with them. */
export function lostTo(subject: Case, isMeant: (flow: Flow) => boolean, outcomes: readonly Outcome[] = lost): string[] {
  const come = subject.failures.filter(({ flow, outcome }) => flow && outcomes.includes(outcome) && isMeant(flow));
  return [...ids(come), ...throughPods(subject, come)];
}

/** A pod of a node that has an address of its own. */
export function isPodOn(pod: ScenePod | undefined, { name }: Pick<SceneNode, "name">): boolean {
  return pod?.node === name && !pod.hostNetwork;
}

/** Ids of the Services that fail with their pods: as far as these were dialled themselves, all of them are among the lost. */
export function throughPods({ failures, symptoms }: Case, dials: readonly Symptom[]): string[] {
  const dead = new Set(dials.flatMap(({ flow }) => flow?.toPod ?? []));
  const refuses = dials.some(({ outcome }) => outcome === "refused");
  const fails = failures.filter(({ flow, outcome }) => {
    const service = flow?.scope === "service" ? flow.service : undefined;
    if (!service || (outcome === "refused") !== refuses) return false;
    const behind = symptoms.flatMap(({ family, flow: direct, outcome: came }) =>
      family === "IPv6" && came !== "not-looked" && direct?.toPod && selectsPod(service.object, direct.toPod)
        ? direct.toPod
        : [],
    );
    return behind.length > 0 && behind.every((pod) => dead.has(pod));
  });
  return ids(fails);
}

/** A lookup that travels over IPv6 and was not answered. */
export function asksInVain({ name, outcome }: Symptom, pod: ScenePod): boolean {
  return name?.from === pod && outcome === "timeout" && familyOf(name.server) === "IPv6";
}

function ids(symptoms: readonly Symptom[]): string[] {
  return symptoms.map(({ id }) => id);
}
