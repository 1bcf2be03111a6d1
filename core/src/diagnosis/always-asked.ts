import { dialArgs, lookupArgs, nodeDial } from "../judging/dial-args.ts";
import type { Scene, ScenePod } from "../judging/scene.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as bigRequest } from "../probes/big-request.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as dial } from "../probes/dial.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { probe as links } from "../probes/links.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { probe as lookup } from "../probes/lookup.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { probe as routes } from "../probes/routes.ts";
import { probe as holding } from "../probes/window.ts";
import { type Question, question, type Vantage } from "../probing/probe.ts";

/** What is asked of a vantage once anything is: files cost nothing more, and dials of one pod belong together. */
export function standingQuestions(scene: Omit<Scene, "standing">, vantage: Vantage, patience: number): Question[] {
  if (vantage.kind === "api") return [];
  const common = [addresses, routes, links, interfaceSysctls, counters].map((probe) =>
    question(probe as typeof addresses, { at: vantage }),
  );
  if (vantage.kind === "node") return [...common, ...nodeQuestions(scene, vantage, patience)];
  const flows = [...scene.flows, ...scene.returns, ...(scene.witness ? [scene.witness] : [])].filter(({ from }) =>
    isAt(from, vantage),
  );
  const names = scene.names.filter(({ from }) => isAt(from, vantage));
  return [
    ...common,
    question(listeners, { at: vantage }),
    question(resolver, { at: vantage }),
    ...flows.filter(({ host }) => host !== undefined).map((flow) => question(dial, dialArgs(flow, patience))),
    ...flows
      .filter(({ host, http }) => http && host !== undefined)
      .map((flow) => question(bigRequest, dialArgs(flow, patience))),
    ...names.map((name) => question(lookup, lookupArgs(name, patience))),
  ];
}

function nodeQuestions(
  scene: Omit<Scene, "standing">,
  vantage: Vantage & { kind: "node" },
  patience: number,
): Question[] {
  const isSource = scene.nodes[0]?.name === vantage.node;
  const outside = isSource ? scene.flows.filter(({ scope }) => scope === "outside") : [];
  return [
    question(forwarding, { node: vantage.node }),
    question(ip6tables, { at: vantage }),
    question(holding, isSource ? { node: vantage.node } : { node: vantage.node, again: true }),
    ...outside.map((flow) => question(dial, nodeDial(flow, vantage.node, patience))),
  ];
}

function isAt({ namespace, name }: ScenePod, vantage: Vantage): boolean {
  return vantage.kind === "pod" && vantage.namespace === namespace && vantage.pod === name;
}
