import type { Field } from "./field.ts";
import { podSpec, type Resource } from "./resource.ts";

/** One `env` entry of a container. */
export interface EnvVar {
  readonly name: string;
  readonly entry: Field;
  /** undefined where the value comes from elsewhere (`valueFrom`) or is left out. */
  readonly value: Field | undefined;
}

/** The containers of a pod or pod template, those that run before the others last. */
export function containersOf(resource: Resource): readonly Field[] {
  let known = containers.get(resource);
  if (!known) {
    const spec = podSpec(resource);
    known = ["containers", "initContainers"].flatMap((list) => spec?.get(list)?.items() ?? []);
    containers.set(resource, known);
  }
  return known;
}

/** What a container is given by `env`, in the order written. */
export function envOf(container: Field): readonly EnvVar[] {
  let known = variables.get(container);
  if (!known) {
    known = (container.get("env")?.items() ?? []).flatMap((entry) => {
      const name = entry.get("name")?.text;
      return name === undefined ? [] : [{ name, entry, value: entry.get("value") }];
    });
    variables.set(container, known);
  }
  return known;
}

// A dozen rules ask for the same containers.
const containers = new WeakMap<Resource, readonly Field[]>();
const variables = new WeakMap<Field, readonly EnvVar[]>();
