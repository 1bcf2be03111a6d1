import type { ObjectChanges } from "#core/cluster/changes.ts";
import { type Answer, answered } from "#core/cluster/cluster.ts";
import { changesIn } from "./changes.ts";
import { type EndpointOptions, endpointOf } from "./endpoint.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { type ReadCluster, readingOf } from "./reading.ts";

/** A cluster to ask, and beside it the way to change its objects. */
export interface Changeable {
  readonly cluster: ReadCluster;
  readonly changes: ObjectChanges;
}

/** For who has a change to show to somebody. `path`: the kubeconfig, for who wants to undo it later. */
export async function openToChange(
  kubeconfig: Kubeconfig,
  context: string | undefined,
  path: string | undefined,
  options: EndpointOptions = {},
): Promise<Answer<Changeable>> {
  const opened = await endpointOf(kubeconfig, context, options);
  if (!opened.ok) return opened;
  return answered({ cluster: readingOf(opened.value), changes: changesIn(opened.value, path) });
}
