import type { Field, Place } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";
import { containersOf, type EnvVar, envOf } from "./containers.ts";

/** What calico-node is told by the environment of its container, by name; of two alike the last counts. */
export type CalicoEnv = ReadonlyMap<string, EnvVar>;

/** One for each container that runs calico-node. {@link https://docs.tigera.io/calico/latest/reference/configure-calico-node} */
export function calicoNodes(resource: Resource): readonly CalicoEnv[] {
  return containersOf(resource)
    .filter(isCalicoNode)
    .map((container) => new Map(envOf(container).map((variable) => [variable.name, variable])));
}

function isCalicoNode(container: Field): boolean {
  return container.get("name")?.text === "calico-node" || /\bcalico\/node\b/.test(container.get("image")?.text ?? "");
}

/** The prefix of a pool that calico-node makes if there is none yet. Its path is that of the variable. */
export interface InitialPool {
  readonly text: string;
  readonly at: Place;
  readonly value: Field;
}

export function initialPools(resource: Resource): readonly InitialPool[] {
  return calicoNodes(resource).flatMap((env) =>
    ["CALICO_IPV4POOL_CIDR", "CALICO_IPV6POOL_CIDR"].flatMap((name) => {
      const { entry, value } = env.get(name) ?? {};
      return entry && value?.text !== undefined ? [{ text: value.text, at: under(entry.path, value), value }] : [];
    }),
  );
}
