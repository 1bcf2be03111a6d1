import { fact, type Known } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

/** API group, kind, namespace and name of every resource that has a name of its own; "" for the others. */
export const identities = fact<string>(["*"], identityOf);

/** The file a resource is written in. */
export function fileOf(world: World, resource: Resource): string | undefined {
  return namesakes(world, resource).find((known) => known.isOf(resource))?.file;
}

/** The first resource in the file of this one that is the same object, if that is not itself. */
export function definedBefore(world: World, resource: Resource): Known<string> | undefined {
  if (identityOf(resource) === "") return undefined;
  const same = namesakes(world, resource);
  const own = same.find((known) => known.isOf(resource));
  const first = same.find(({ file }) => file === own?.file);
  return first === own ? undefined : first;
}

function identityOf({ group, kind, namespace, name, apiVersion, embedded }: Resource): string {
  return name && apiVersion && !embedded ? [group, kind, namespace ?? "default", name].join("/") : "";
}

/** Every resource with the same identity, itself included; looked up, since a folder may hold thousands. */
function namesakes(world: World, resource: Resource): readonly Known<string>[] {
  return world.digest(identities, byIdentity).get(identityOf(resource)) ?? [];
}

function byIdentity(all: readonly Known<string>[]): ReadonlyMap<string, readonly Known<string>[]> {
  return Map.groupBy(all, ({ value }) => value);
}
