import { dialArgs, lookupArgs, nodeDial } from "../judging/dial-args.ts";
import type { Flow, Scene, ScenePod } from "../judging/scene.ts";
import { probe as bigRequest } from "../probes/big-request.ts";
import { probe as dial } from "../probes/dial.ts";
import { probes } from "../probes/index.ts";
import { probe as lookup } from "../probes/lookup.ts";
import { probe as holding } from "../probes/window.ts";
import { type Probe, type Question, question, type Vantage } from "../probing/probe.ts";
import { echoQuestions } from "./way-back.ts";

/** What is asked of a vantage once anything is: files cost nothing more, and dials of one pod belong together. */
export function standingQuestions(scene: Omit<Scene, "standing">, vantage: Vantage, patience: number): Question[] {
  if (vantage.kind === "api") return [];
  const tried = vantage.kind === "node" ? nodeQuestions : podQuestions;
  return [...asWanted("always", vantage), ...tried(scene, vantage, patience)];
}

/** What goes with a look at a vantage that is taken because something fails. */
export function questionsOnFailure(vantage: Vantage): Question[] {
  return vantage.kind === "api" ? [] : asWanted("onFailure", vantage);
}

/** What probes say themselves, in the order of their names. */
function asWanted(when: "always" | "onFailure", vantage: Vantage): Question[] {
  return (Object.values(probes) as readonly Probe<unknown, unknown>[]).flatMap((probe) => {
    const args = probe.access === "exec" ? probe[when]?.(vantage) : undefined;
    return args === undefined ? [] : [question(probe, args)];
  });
}

function podQuestions(scene: Omit<Scene, "standing">, vantage: Vantage, patience: number): Question[] {
  const isHere = ({ from }: Flow) => isAt(from, vantage);
  const flows = [...scene.flows, ...scene.returns].filter(isHere);
  // Of the witness only matters whether it is reached.
  const dialled = [...flows, ...(scene.witness ? [scene.witness].filter(isHere) : [])];
  const names = scene.names.filter(({ from }) => isAt(from, vantage));
  const isSource = scene.pods[0] !== undefined && isAt(scene.pods[0], vantage);
  return [
    ...dialled.filter(({ host }) => host !== undefined).map((flow) => question(dial, dialArgs(flow, patience))),
    ...flows
      .filter(({ host, http }) => http && host !== undefined)
      .map((flow) => question(bigRequest, dialArgs(flow, patience))),
    ...names.map((name) => question(lookup, lookupArgs(name, patience))),
    ...(isSource ? echoQuestions(scene) : []),
  ];
}

/** A window stays open while the pods dial; from the node of the one that dials, what is outside is dialled as well. */
function nodeQuestions(scene: Omit<Scene, "standing">, vantage: Vantage, patience: number): Question[] {
  if (vantage.kind !== "node") return [];
  const isSource = scene.nodes[0]?.name === vantage.node;
  const outside = isSource ? scene.flows.filter(({ scope }) => scope === "outside") : [];
  return [
    question(holding, isSource ? { node: vantage.node } : { node: vantage.node, again: true }),
    ...outside.map((flow) => question(dial, nodeDial(flow, vantage.node, patience))),
  ];
}

function isAt({ namespace, name }: ScenePod, vantage: Vantage): boolean {
  return vantage.kind === "pod" && vantage.namespace === namespace && vantage.pod === name;
}
