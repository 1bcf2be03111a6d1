import type { Field } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";

/** One `env` entry of a container. */
export interface EnvVar {
  readonly name: string;
  readonly entry: Field;
  /** undefined where the value comes from elsewhere (`valueFrom`) or is left out. */
  readonly value: Field | undefined;
}

/** The containers of a pod or pod template, then those that run before them, then those added to a running pod. */
export function containersOf(resource: Resource): readonly Field[] {
  return resource.once(containersOf, () => {
    const spec = podSpec(resource);
    return ["containers", "initContainers", "ephemeralContainers"].flatMap((list) => spec?.get(list)?.items() ?? []);
  });
}

/** What a container is given by `env`, in the order written. */
export function envOf(container: Field): readonly EnvVar[] {
  const environments = container.resource.once(envOf, () => new Map<Field, readonly EnvVar[]>());
  let known = environments.get(container);
  if (!known) {
    known = (container.get("env")?.items() ?? []).flatMap((entry) => {
      const name = entry.get("name")?.text;
      return name === undefined ? [] : [{ name, entry, value: entry.get("value") }];
    });
    environments.set(container, known);
  }
  return known;
}
