import { fact, type KnownFact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

/** API group, kind, namespace and name of every resource that has a name of its own; "" for the others. */
export const identities = fact<string>(["*"], identityOf);

/** The file a resource is written in. */
export function fileOf(world: World, resource: Resource): string | undefined {
  return world.own(identities, resource)?.known.file;
}

/** The first resource in the file of this one that is the same object, if that is not itself. */
export function definedBefore(world: World, resource: Resource): KnownFact<string> | undefined {
  if (identityOf(resource) === "") return undefined;
  const own = world.own(identities, resource)?.known;
  const first = own && world.digest(identities, firstOfFile).get(keyOf(own));
  return first === own ? undefined : first;
}

function identityOf({ group, kind, namespace, name, apiVersion, embedded }: Resource): string {
  return name && apiVersion && !embedded ? [group, kind, namespace ?? "default", name].join("/") : "";
}

/** By identity and file: looked up, since a folder may hold thousands. */
function firstOfFile(all: readonly KnownFact<string>[]): ReadonlyMap<string, KnownFact<string>> {
  const first = new Map<string, KnownFact<string>>();
  for (const known of all) if (!first.has(keyOf(known))) first.set(keyOf(known), known);
  return first;
}

function keyOf({ value, file }: KnownFact<string>): string {
  return `${value} ${file}`;
}
