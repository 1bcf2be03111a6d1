import { parsePrefix } from "./address.ts";
import { addressFields, rangeKinds } from "./address-fields.ts";
import type { KnownPrefix } from "./completion.ts";
import { fact } from "./fact.ts";
import type { Workspace } from "./workspace.ts";

/** The ranges that a resource hands out addresses from. */
const ranges = fact(rangeKinds, (resource) => {
  const found = addressFields(resource).flatMap(({ path, text }) =>
    path.range && parsePrefix(text) ? [{ text, range: path.range }] : [],
  );
  return found.length === 0 ? undefined : found;
});

const what = {
  pod: "pods",
  service: "Services",
  node: "nodes",
  "load-balancer": "LoadBalancers",
  plan: "address plan",
} as const;

/** The prefixes that the files of one cluster hand out addresses from, each once, with whom it is for. */
export function knownPrefixes(workspace: Workspace, file: string): KnownPrefix[] {
  const known = new Map<string, KnownPrefix>();
  for (const { value, kind, name } of workspace.all(file, ranges))
    for (const { text, range } of value) {
      const holder = name === undefined ? kind : `${kind} ${name}`;
      if (!known.has(text)) known.set(text, { text, what: `${what[range]}, ${holder}` });
    }
  return [...known.values()];
}
