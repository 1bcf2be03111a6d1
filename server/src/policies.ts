import type { KubeObject } from "#core/cluster/cluster.ts";
import type { HoverContext } from "#core/editor/hover/hover.ts";
import { podFact, policyFact } from "#core/facts/policies.ts";
import type { KnownFact } from "#core/lint/fact.ts";
import type { Workspace } from "#core/lint/workspace.ts";
import type { PodEndpoint } from "#core/policy/policy.ts";

/** The policies and pods of the files that are meant for the same cluster as one file; nothing is read before it is asked for. */
export function policiesAround(workspace: Workspace, name: string): HoverContext {
  return {
    get policies(): readonly KubeObject[] {
      return values(workspace.all(name, policyFact));
    },
    get pods(): readonly PodEndpoint[] {
      return values(workspace.all(name, podFact));
    },
  };
}

const cache = new WeakMap<readonly KnownFact<unknown>[], readonly unknown[]>();

/** The same list as long as the facts are the same, so that what is made of it can be kept. */
function values<T>(known: readonly KnownFact<T>[]): readonly T[] {
  let list = cache.get(known);
  if (!list) {
    list = known.map(({ value }) => value);
    cache.set(known, list);
  }
  return list as readonly T[];
}
