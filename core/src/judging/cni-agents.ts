import type { KubeObject } from "../cluster/cluster.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";

/** The DaemonSet whose name matches, wherever it is installed; undefined if there is none or nobody may look. */
export function* daemonSetNamed(pattern: RegExp): Asking<KubeObject | undefined> {
  const sets = yield* tryAsk(daemonSets, {});
  return sets.ok ? sets.value.find(({ metadata }) => pattern.test(metadata.name)) : undefined;
}

/** A literal environment variable of any of its containers. */
export function environment(set: KubeObject, name: string): string | undefined {
  const containers = (set.spec?.template?.spec?.containers ?? []) as { env?: { name: string; value?: string }[] }[];
  return containers.flatMap(({ env }) => env ?? []).find((variable) => variable.name === name)?.value;
}

export function setName({ metadata }: KubeObject): string {
  return `DaemonSet ${metadata.namespace ?? ""}/${metadata.name}`;
}
