import type { KubeObject } from "../cluster/cluster.ts";
import type { Scene } from "../judging/scene.ts";
import type { Subject } from "../judging/subject.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as podsProbe } from "../probes/pods.ts";
import { nodeWindows } from "../probing/containers.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import { backendsIn } from "./backends.ts";
import { fromNode, symptomsBeside } from "./beside-symptoms.ts";
import { isUsable } from "./choose-pods.ts";
import { sickNodes } from "./choose-source.ts";
import { controlsOf, dialHere, hereWords } from "./dial-here.ts";
import type { Engine } from "./engine.ts";
import { entrancesOf } from "./entrances.ts";

/** What came of it, and what was done, in sentences. */
export interface DialledBeside {
  readonly symptoms: readonly Symptom[];
  readonly remarks: readonly string[];
  /** Nothing was dialled from this machine, because its user did not want it. */
  readonly declined?: true;
}

/** Shows what would be dialled from this machine; nothing is without a yes. */
export type AgreeHere = (words: readonly string[]) => Promise<boolean>;

/**
 * Dials the ways in from where clients stand, if the user wants it: from a node, through a pod that runs in its network, and from his own
 * machine. It comes last and by itself, so that none of its packets is taken for one of a pod's.
 */
export async function dialBeside(
  engine: Engine,
  scene: Scene,
  subject: Subject,
  { patience, agree }: { readonly patience: number; readonly agree: AgreeHere | undefined },
): Promise<DialledBeside> {
  const { alsoFrom } = subject;
  if (!alsoFrom || engine.cancelled) return nothing;
  const { all, remarks } = entrancesOf(scene, subject, await engine.run(nodesBehind(subject)));
  const node = alsoFrom.node === undefined ? undefined : nodeFrom(scene, alsoFrom.node);
  const seen = node === undefined ? [] : await engine.run(podsOn(node));
  engine.scene = {
    ...scene,
    standing: () => [],
    containers: (vantage) =>
      vantage.kind === "node" && vantage.node === node ? nodeWindows(seen.filter(isUsable)) : scene.containers(vantage),
  };
  const own =
    node === undefined ? [] : await engine.run(symptomsBeside(fromNode(all, node, { seconds: patience, subject })));
  const ways = { subject, entrances: all, controls: controlsOf(subject) };
  const here = alsoFrom.here && all.length > 0 ? await fromThisMachine(engine, ways, agree) : nothing;
  const through = own.some(({ outcome }) => outcome !== "not-looked")
    ? [`node ${node} dials as well, from its own network`]
    : [];
  return {
    symptoms: [...own, ...here.symptoms],
    remarks: [...remarks, ...through, ...here.remarks],
    ...(here.declined ? { declined: true } : {}),
  };
}

const nothing: DialledBeside = { symptoms: [], remarks: [] };

async function fromThisMachine(
  engine: Engine,
  ways: Parameters<typeof dialHere>[0],
  agree: AgreeHere | undefined,
): Promise<DialledBeside> {
  const words = hereWords(ways);
  if (agree && words.length > 0 && !(await agree(words))) return { ...nothing, declined: true };
  return engine.cancelled ? nothing : engine.run(dialHere(ways));
}

/** The nodes that have a ready pod behind the Service. */
function* nodesBehind({ to }: Subject): Asking<readonly string[]> {
  if (to?.kind !== "service") return [];
  const slices = yield* tryAsk(endpointSlices, { namespace: to.namespace, service: to.name });
  return slices.ok ? backendsIn(slices.value).readyOn : [];
}

/** The one that is named; else the first of the scene that is ready and has a pod in its network to look through. */
function nodeFrom({ nodes, allNodes, containers }: Scene, wanted: string | true): string | undefined {
  if (wanted !== true) return wanted;
  const sick = sickNodes(allNodes);
  const up = nodes.filter(({ name }) => !sick.has(name));
  return (up.find(({ name }) => containers({ kind: "node", node: name }).length > 0) ?? up[0])?.name;
}

function* podsOn(node: string): Asking<readonly KubeObject[]> {
  const pods = yield* tryAsk(podsProbe, { node });
  return pods.ok ? pods.value : [];
}
