import type { Answer, KubeObject, Refusal } from "../cluster/cluster.ts";
import { vantageOf } from "../judging/dial-args.ts";
import type { Scene, ScenePod } from "../judging/scene.ts";
import type { Subject } from "../judging/subject.ts";
import type { ResolvConf } from "../linux/resolv-conf.ts";
import { probe as hosts } from "../probes/hosts.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { type Asking, question, tryAsk, type Vantage } from "../probing/probe.ts";
import type { PassedOver } from "./choose-source.ts";
import { emptyNamespace } from "./empty-namespace.ts";
import type { Engine } from "./engine.ts";
import type { Missing } from "./missing.ts";
import { nameIn, nameScene } from "./name-scene.ts";
import { resolveScene, type SceneOptions } from "./resolve-scene.ts";
import { settleSubject } from "./settle-subject.ts";
import { outOfReach } from "./stopped.ts";
import { type Trouble, troubles } from "./troubles.ts";

/** All that has to be known before anything is judged. */
export interface Prepared {
  readonly subject: Subject;
  readonly scene: Scene;
  readonly missing: readonly Missing[];
  /** Pods and nodes that are not as they should be, whatever the network does. */
  readonly troubles: readonly Trouble[];
  /** Pods that were given up as a source; what could not be seen in them matters to nobody. */
  readonly abandoned: readonly Vantage[];
}

/** Decides who is meant and from where it is looked; asks the source what its resolver is, and the names it is to reach. */
export async function prepare(
  engine: Engine,
  asked: Subject,
  options: Pick<SceneOptions, "patience" | "haste">,
): Promise<Prepared> {
  const settled = await engine.run(settleSubject(asked));
  const { subject } = settled;
  const around = outOfReach(engine.observations) ? undefined : await emptyNamespace(engine, subject);
  const missing = [...settled.missing, ...(around?.missing ?? [])];
  const remarks = [...settled.remarks, ...(around?.remarks ?? [])];
  // Whoever cannot be reached, or does not know us, is not asked again and again.
  if (missing.length > 0 || outOfReach(engine.observations))
    return { subject, scene: emptyScene, missing, troubles: [], abandoned: [] };
  const found = await sourceFor(engine, subject, options);
  const abandoned = found.passedOver.map(({ namespace, name }): Vantage => vantageOf({ namespace, name }));
  const wrong = await engine.run(troubles(subject, found.scene));
  const named = dead(wrong) ? { scene: found.scene, warnings: [] } : await nameScene(engine, subject, found, options);
  const scene = { ...named.scene, chosen: [...(asked.outposts ?? []), ...remarks, ...named.scene.chosen] };
  const warnings = named.warnings.map((text): Trouble => ({ role: "name", text, dead: false }));
  return { subject, scene: withoutDead(scene, wrong), missing, troubles: [...wrong, ...warnings], abandoned };
}

const emptyScene: Scene = {
  pods: [],
  nodes: [],
  allNodes: [],
  services: [],
  flows: [],
  returns: [],
  names: [],
  chosen: [],
  containers: () => [],
  nobody: () => undefined,
  standing: () => [],
  order: [],
};

interface Found {
  readonly scene: Scene;
  readonly passedOver: readonly PassedOver[];
}

/** Execs that hang cost 20 seconds each; nobody waits for more than a few. */
const mostTried = 4;

/** A chosen source that cannot be asked gives way to the next; one that was named is the one. */
async function sourceFor(
  engine: Engine,
  subject: Subject,
  options: Pick<SceneOptions, "patience" | "haste">,
): Promise<Found> {
  const passedOver: PassedOver[] = [];
  for (;;) {
    const scene = await engine.run(resolveScene(subject, { ...options, passedOver, resolver: undefined }));
    // What is to be dialled is known only when a name is resolved, and counters are worth reading around dials only.
    const waits = nameIn(subject, scene) !== undefined;
    engine.scene = waits ? { ...scene, standing: () => [] } : scene;
    const [source] = scene.pods;
    if (!source) return { scene, passedOver };
    const asked = question(resolver, { at: vantageOf(source) });
    const answer = await engine.run(configOf(source, waits));
    if (answer.ok)
      return {
        scene: await engine.run(resolveScene(subject, { ...options, passedOver, resolver: answer.value })),
        passedOver,
      };
    const useless = uselessBecause(answer.refusal);
    if (subject.from || !useless || passedOver.length >= mostTried) return { scene, passedOver };
    passedOver.push({ ...refOf(source), ...useless });
    engine.forget(vantageOf(source), asked);
  }
}

/** What the resolver of a pod is told; for a name what it knows by itself comes in the same exec. */
function* configOf(source: ScenePod, isName: boolean): Asking<Answer<ResolvConf>> {
  const at = { at: vantageOf(source) };
  if (isName) yield [question(resolver, at), question(hosts, at)];
  return yield* tryAsk(resolver, at);
}

/** undefined where the next pod would say the same. */
function uselessBecause({ reason, message }: Refusal): Pick<PassedOver, "why" | "namespaceToo"> | undefined {
  switch (reason) {
    case "cancelled":
    case "unauthorized":
    case "unreachable":
    case "tls":
    case "config":
    case "untrusted":
    case "unsupported":
      return undefined;
    case "forbidden":
      return { why: "you may not run programs in its namespace", namespaceToo: true };
    case "no-command":
      return { why: "its containers have no shell and no interpreter" };
    default:
      return { why: message.replace(/\.$/, "") };
  }
}

function refOf({ namespace, name }: ScenePod) {
  return { namespace, name };
}

function dead(wrong: readonly Trouble[]): boolean {
  return wrong.some(({ role, dead: is }) => role === "source" && is);
}

/** Nothing is dialled from or to a pod in which nothing runs: its trouble is the answer. */
function withoutDead(scene: Scene, wrong: readonly Trouble[]): Scene {
  const gone = wrong.filter(({ dead: is }) => is);
  if (gone.length === 0) return scene;
  if (dead(wrong)) return { ...scene, flows: [], returns: [], names: [] };
  const isGone = (object: KubeObject | undefined) =>
    gone.some(
      ({ pod }) => pod && object && pod.name === object.metadata.name && pod.namespace === object.metadata.namespace,
    );
  return {
    ...scene,
    flows: scene.flows.filter(({ toPod }) => !isGone(toPod?.object)),
    returns: scene.returns.filter(({ from }) => !isGone(from.object)),
  };
}
