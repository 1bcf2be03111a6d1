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

/** What is worked out once for a container and asked for at each of its many arguments: `key` stands for the question. */
export function onceOf<T>(container: Field, key: object, work: () => T): T {
  const known = container.resource.once(key, () => new Map<Field, T>());
  if (!known.has(container)) known.set(container, work());
  return known.get(container) as T;
}

/** What a container is given by `env`, in the order written. */
export function envOf(container: Field): readonly EnvVar[] {
  return onceOf(container, envOf, () =>
    (container.get("env")?.items() ?? []).flatMap((entry) => {
      const name = entry.get("name")?.text;
      return name === undefined ? [] : [{ name, entry, value: entry.get("value") }];
    }),
  );
}

/** `command`, then `args`. */
export function commandWordsOf(container: Field): readonly Field[] {
  return onceOf(container, commandWordsOf, () =>
    ["command", "args"].flatMap((list) => container.get(list)?.items() ?? []),
  );
}
