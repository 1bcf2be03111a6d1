/**
 * Where network policies let the families do different things, all policies together. For every workload and direction the peers are
 * the pods, the nodes and the places outside; what differs for one reason is one difference.
 */
import type { KubeObject } from "../cluster/cluster.ts";
import { compile } from "../policy/compile.ts";
import { directions, type PolicyEngine } from "../policy/model.ts";
import { flatten, surround } from "../policy/surroundings.ts";
import { nodesOf, ParityLooker } from "./looker.ts";
import type { Parity } from "./model.ts";
import type { Counterpart } from "./places.ts";
import { standIns } from "./stand-ins.ts";
import { type Group, groupsOf, podFamiliesOf, subjectsOf } from "./subjects.ts";

/** Compares the families over objects as the API prints them or files hold them. */
export function parityOf(
  objects: readonly KubeObject[],
  {
    counterparts = [],
    engine,
  }: { readonly counterparts?: readonly Counterpart[]; readonly engine?: PolicyEngine } = {},
): Parity {
  const given = flatten(objects);
  const surroundings = surround(given, engine);
  const policies = compile(given, surroundings);
  const sources = [...new Set(policies.map(({ source }) => source))];
  const found = groupsOf(given, sources);
  const running = found.some(({ pods: [pod] }) => pod && pod.ips.length > 0);
  const all = running ? found : [...found, ...standIns(policies, found, surroundings)];
  const groups = all.filter(({ pods: [pod] }) => pod && (podFamiliesOf(pod)?.length ?? 2) === 2);
  const looker = new ParityLooker(policies, surroundings, groups, nodesOf(given), counterparts);
  for (const direction of directions)
    for (const subject of subjectsOf(groups, policies, surroundings, direction)) looker.look(subject);
  const count = (some: readonly Group[]) => some.reduce((sum, { pods }) => sum + pods.length, 0);
  return {
    differences: looker.differences(),
    unjudged: looker.unjudged(),
    pods: count(all),
    policies: sources.length,
    singleStack: count(all) - count(groups),
  };
}
