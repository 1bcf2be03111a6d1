import { accessLevels, type KubeObject, type Refusal } from "../cluster/cluster.ts";
import type { Outlook, Outpost } from "../cluster/outposts.ts";
import type { Scene, ScenePod } from "../judging/scene.ts";
import { containerIn, type Making, podOn } from "../outposts/outpost.ts";
import { meshOf } from "../probing/mesh.ts";
import { type Observation, type Vantage, vantageName } from "../probing/probe.ts";
import { isOnNode, sickNodes } from "./choose-source.ts";
import type { Diagnosis } from "./result.ts";

/** A place that could not be looked at, with what may be created to look from, the best first. */
export interface Need {
  readonly at: Vantage;
  /** It is what is dialled from. */
  readonly source: boolean;
  /** Why nothing could be asked there. */
  readonly why: string;
  readonly ways: readonly Way[];
}

export interface Way {
  readonly level: Outlook;
  /** Tells it from all others: one pod on a node serves all that is asked there. */
  readonly key: string;
  make(making: Making): Outpost;
}

/** What a diagnosis came to, with what it was about. */
export interface DiagnosedScene {
  readonly diagnosis: Diagnosis;
  readonly scene: Scene;
  /** The pods that were tried as a source. */
  readonly tried: readonly KubeObject[];
}

/**
 * Where something has to be created to know more: a source that nothing can be run in, and, as long as something fails that nothing
 * proven explains, whatever else could not be asked. Where all is well, or known, nothing is.
 */
export function needsOf(looked: DiagnosedScene, level: Outlook): Need[] {
  const { diagnosis, scene } = looked;
  if (diagnosis.missing.length > 0 || diagnosis.cancelled) return [];
  const source = sourceNeed(looked, level);
  if (source) return [source];
  const view = viewNeed(looked, level);
  if (!isOpen(diagnosis)) return view;
  const others = placesOf(scene).flatMap((at) => {
    const lack = lackAt(diagnosis.observations, at);
    const ways = lack ? waysTo(at, lack, scene, level) : [];
    return lack && ways.length > 0 ? [{ at, source: false, why: lack.message, ways }] : [];
  });
  return [...view, ...others.filter(({ at }) => !view.some((one) => vantageName(one.at) === vantageName(at)))];
}

/** What may turn out to be needed beside what is needed now: another way where one is refused, and places nobody has come to yet. */
export function laterOf(looked: DiagnosedScene, level: Outlook): Way[] {
  const { scene } = looked;
  const unasked = { reason: "not-running", message: "" } as const;
  const ways = [
    ...needsOf(looked, level).flatMap((need) => need.ways),
    ...placesOf(scene).flatMap((at) => waysTo(at, unasked, scene, level)),
  ];
  return [...new Map(ways.map((way) => [way.key, way])).values()];
}

function placesOf({ nodes, pods: [source, ...pods] }: Scene): Vantage[] {
  return [
    ...nodes.map(({ name }): Vantage => ({ kind: "node", node: name })),
    ...pods.filter((pod) => pod !== source && !pod.hostNetwork).map(placeOf),
  ];
}

/** The node from which it was wanted to be dialled, where nothing in its network can. */
function viewNeed({ diagnosis, scene }: DiagnosedScene, level: Outlook): Need[] {
  const failed = diagnosis.symptoms.find(({ beside, outcome }) => beside && outcome === "not-looked");
  const at = diagnosis.observations.find(({ id }) => id === failed?.observation)?.vantage;
  if (at?.kind !== "node" || sickNodes(scene.allNodes).has(at.node)) return [];
  const lack = lackAt(diagnosis.observations, at);
  const ways = lack ? allowed([...onNode(at.node, "node"), ...onNode(at.node, "privileged-node")], level) : [];
  return lack && ways.length > 0 ? [{ at, source: false, why: lack.message, ways }] : [];
}

/** Something fails over IPv6 and nothing proven accounts for it. */
function isOpen({ symptoms, verdicts }: Diagnosis): boolean {
  const proven = verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  return symptoms.some(
    ({ id, failed, family, beside }) =>
      failed && family === "IPv6" && !beside && !proven.some(({ explains }) => explains.includes(id)),
  );
}

function sourceNeed({ diagnosis, scene, tried: sources }: DiagnosedScene, level: Outlook): Need | undefined {
  const { observations } = diagnosis;
  const source = scene.pods[0];
  const object = source?.object ?? sources[0];
  if (!object) return undefined;
  const { namespace = "", name } = object.metadata;
  const at: Vantage = { kind: "pod", namespace, pod: name };
  // What looks into its network from elsewhere meets the same proxy.
  const behindProxy = meshOf(object) !== undefined;
  const tried = behindProxy ? observations.filter(({ probe }) => probe === "dial") : observations;
  if (source && wasAsked(tried, at)) return undefined;
  const sick = sickNodes(scene.allNodes);
  const away = isOnNode(object, sick);
  const lack = lackAt(tried, at) ?? (away || behindProxy ? refusedAt(tried, at) : undefined);
  if (!lack) return undefined;
  const node = away ? scene.allNodes.find((one) => !sick.has(one.name))?.name : object.spec?.nodeName;
  const ways = [
    ...(away || behindProxy ? [] : inside(object, lack)),
    ...(node === undefined
      ? []
      : [
          {
            level: "probe-pod" as const,
            key: `probe-pod ${node}`,
            make: (making: Making) => podOn(node, "probe-pod", making, { namespace, name }),
          },
        ]),
    ...(away || behindProxy ? [] : onNode(object.spec?.nodeName, "privileged-node")),
  ];
  return { at, source: true, why: lack.message, ways: allowed(gentleFirst(ways, object), level) };
}

/** An ephemeral container lives on the memory of its pod: where that is limited, what stands beside the pod comes first. */
function gentleFirst(ways: readonly Way[], pod: KubeObject): Way[] {
  const containers = (pod.spec?.containers ?? []) as { resources?: { limits?: { memory?: string } } }[];
  const limited = containers.every(({ resources }) => resources?.limits?.memory !== undefined);
  const last = ways.filter((way) => limited && way.level === "ephemeral");
  return [...ways.filter((way) => !last.includes(way)), ...last];
}

function waysTo(at: Vantage, lack: Refusal, scene: Scene, level: Outlook): Way[] {
  const sick = sickNodes(scene.allNodes);
  if (at.kind === "node") {
    if (sick.has(at.node)) return [];
    const privileged = onNode(at.node, "privileged-node");
    // Who has a window, and not what it takes to read the rules through it, lacks privileges.
    const plain = lack.reason === "not-running" && level === "node" ? onNode(at.node, "node") : [];
    return allowed([...plain, ...privileged], level);
  }
  const pod = at.kind === "pod" ? scene.pods.find((one) => isAt(one, at)) : undefined;
  if (!pod || isOnNode(pod.object, sick)) return [];
  const node = level === "privileged-node" ? level : "node";
  return allowed(gentleFirst([...inside(pod.object, lack), ...onNode(pod.node, node)], pod.object), level);
}

function inside(pod: KubeObject, { reason }: Refusal): Way[] {
  if (reason === "no-room" || pod.spec?.hostNetwork) return [];
  const key = `ephemeral ${pod.metadata.namespace}/${pod.metadata.name}`;
  return [{ level: "ephemeral", key, make: (making) => containerIn(pod, making) }];
}

function onNode(node: string | undefined, level: "node" | "privileged-node"): Way[] {
  return node ? [{ level, key: `${level} ${node}`, make: (making) => podOn(node, level, making) }] : [];
}

function allowed(ways: readonly Way[], most: Outlook): Way[] {
  return ways.filter(({ level }) => accessLevels.indexOf(level) <= accessLevels.indexOf(most));
}

/** Why a place could not be asked, where something of our own there could be. */
function lackAt(observations: readonly Observation[], at: Vantage): Refusal | undefined {
  const refusals = observations.flatMap(({ vantage, answer, access }) =>
    access !== "api" && !answer.ok && vantageName(vantage) === vantageName(at) ? [answer.refusal] : [],
  );
  return refusals.find(({ reason, message }) => lacks.test(reason) || unprivileged.test(message));
}

function refusedAt(observations: readonly Observation[], at: Vantage): Refusal | undefined {
  const found = observations.find(
    ({ vantage, answer, access }) => access !== "api" && !answer.ok && vantageName(vantage) === vantageName(at),
  );
  return found && !found.answer.ok ? found.answer.refusal : undefined;
}

const lacks = /^(no-command|no-room|not-running)$/;
const unprivileged = /permission denied|must be root|operation not permitted/i;

/** A source that can be read and not dialled from is none. */
function wasAsked(observations: readonly Observation[], at: Vantage): boolean {
  const here = observations.filter(
    ({ vantage, access }) => access !== "api" && vantageName(vantage) === vantageName(at),
  );
  const tries = here.filter(({ probe }) => probe === "dial" || probe === "lookup");
  return (tries.length > 0 ? tries : here).some(({ answer }) => answer.ok);
}

function placeOf({ namespace, name }: ScenePod): Vantage {
  return { kind: "pod", namespace, pod: name };
}

function isAt({ namespace, name }: ScenePod, at: Vantage): boolean {
  return at.kind === "pod" && at.namespace === namespace && at.pod === name;
}
