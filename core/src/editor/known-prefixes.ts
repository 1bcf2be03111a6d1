import { type RangeRole, ranges } from "../facts/ranges.ts";
import type { Workspace } from "../lint/workspace.ts";
import type { KnownPrefix } from "./completion.ts";

const what: Record<RangeRole, string> = {
  pod: "pods",
  service: "Services",
  node: "nodes",
  "load-balancer": "LoadBalancers",
  plan: "address plan",
};

/** The prefixes that the files of one cluster hand out addresses from, each once, with what it is for. */
export function knownPrefixes(workspace: Workspace, file: string): KnownPrefix[] {
  const known = new Map<string, KnownPrefix>();
  for (const { value, kind, name } of workspace.all(file, ranges))
    for (const { text, role } of value) {
      const holder = name === undefined ? kind : `${kind} ${name}`;
      // A span of two addresses is no prefix.
      if (text.includes("/") && !known.has(text)) known.set(text, { text, what: `${what[role]}, ${holder}` });
    }
  return [...known.values()];
}
