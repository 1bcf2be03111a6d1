import { fact, type Known } from "../fact.ts";
import type { Resource } from "../manifest/resource.ts";
import type { World } from "../rule.ts";

/** API group, kind, namespace and name of every resource that has a name of its own; "" for the others. */
export const identities = fact<string>(["*"], ({ group, kind, namespace, name, apiVersion, embedded }) =>
  name && apiVersion && !embedded ? [group, kind, namespace ?? "default", name].join("/") : "",
);

/** The file a resource is written in. */
export function fileOf(world: World, resource: Resource): string | undefined {
  return world.all(identities).find((known) => known.isOf(resource))?.file;
}

const indexes = new WeakMap<readonly Known<string>[], ReadonlyMap<string, Known<string>>>();

/** The first resource of a file that has this identity. */
export function firstNamed(world: World, file: string, identity: string): Known<string> | undefined {
  const all = world.all(identities);
  let index = indexes.get(all);
  if (!index) {
    const fresh = new Map<string, Known<string>>();
    for (const known of all) {
      const key = `${known.file}\n${known.value}`;
      if (!fresh.has(key)) fresh.set(key, known);
    }
    indexes.set(all, fresh);
    index = fresh;
  }
  return index.get(`${file}\n${identity}`);
}
