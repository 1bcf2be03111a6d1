import type { Resource } from "../manifest/resource.ts";
import type { Fact, KnownFact } from "./fact.ts";
import type { FactIndex } from "./fact-index.ts";
import type { RuleSet } from "./rule-set.ts";
import { Watched } from "./run-rule.ts";
import type { Meant, Settings } from "./settings.ts";

/** What rules see of a file's cluster. One that shares is alike to others of the same words, unless it is held against what was before. */
export function worldOf(name: string, facts: FactIndex, meant: Meant, settings: Settings, rules: RuleSet): Watched {
  const { cluster, kubernetes, serviceCIDRs } = meant;
  const { old, shares } = settings;
  const completed = settings.completed?.(name) ?? false;
  const words = [cluster, kubernetes, completed, ...(serviceCIDRs ?? ["unknown"])].join(" ");
  const world = {
    cluster,
    ...(serviceCIDRs ? { serviceCIDRs } : {}),
    completed,
    atLeast: (minor: number) => kubernetes >= minor,
    all: <T>(fact: Fact<T>) => facts.all(fact),
    own: <T>(fact: Fact<T>, resource: Resource) => facts.own(fact, resource),
    digest: <T, D>(fact: Fact<T>, of: (all: readonly KnownFact<T>[]) => D) => facts.digest(fact, of),
    old: (resource: Resource) => old?.(name, resource),
  };
  return new Watched(world, shares && !old ? rules.alike(words) : undefined);
}
