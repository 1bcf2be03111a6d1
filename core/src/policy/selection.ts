import type { KubeObject } from "../cluster/cluster.ts";
import { compile } from "./compile.ts";
import type { PodEndpoint } from "./model.ts";
import { flatten, surround } from "./surroundings.ts";

/** Whether a policy selects a pod; what cannot be known (a namespace label that nobody read) counts as selected. */
export function selects(policy: KubeObject, pod: PodEndpoint): boolean {
  return policiesFor([policy], pod).length > 0;
}

/** The policies among the objects that select a pod, or may, in the order given; the other objects lend their meaning. */
export function policiesFor(objects: readonly KubeObject[], pod: PodEndpoint): KubeObject[] {
  const given = flatten(objects);
  const surroundings = surround(given);
  const chosen = compile(given, surroundings).filter(
    ({ selects, selectsHostNetwork }) =>
      !(pod.hostNetwork && (selectsHostNetwork === false || surroundings.engine)) &&
      selects(pod, surroundings) !== false,
  );
  return [...new Set(chosen.map(({ source }) => source))];
}
