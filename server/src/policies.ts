import type { KubeObject } from "#core/cluster.ts";
import type { Known } from "#core/fact.ts";
import type { Beyond } from "#core/hover.ts";
import type { PodEndpoint } from "#core/policy.ts";
import { podFact, policyFact } from "#core/policy-facts.ts";
import type { Workspace } from "#core/workspace.ts";

/** The policies and pods of the files that are meant for the same cluster as one file; nothing is read before it is asked for. */
export function policiesAround(workspace: Workspace, name: string): Beyond {
  return {
    get policies(): readonly KubeObject[] {
      return values(workspace.all(name, policyFact));
    },
    get pods(): readonly PodEndpoint[] {
      return values(workspace.all(name, podFact));
    },
  };
}

const cache = new WeakMap<readonly Known<unknown>[], readonly unknown[]>();

/** The same list as long as the facts are the same, so that what is made of it can be kept. */
function values<T>(known: readonly Known<T>[]): readonly T[] {
  let list = cache.get(known);
  if (!list) {
    list = known.map(({ value }) => value);
    cache.set(known, list);
  }
  return list as readonly T[];
}
