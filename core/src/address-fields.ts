import { cniAddresses } from "./address-fields/cni.ts";
import { configAddresses } from "./address-fields/config.ts";
import { coreAddresses } from "./address-fields/core.ts";
import type { Field } from "./manifest/field.ts";
import { podSpec, type Resource } from "./manifest/resource.ts";

/**
 * Where manifests hold addresses and prefixes, and what exactly their reader takes there. The rules on literals, the
 * hovers and the address plan all read this one table; a new field is a line in it.
 */
export interface AddressPath {
  readonly kinds: readonly string[];
  /** Only for these API groups; any when left out. */
  readonly groups?: readonly string[];
  /**
   * Keys and `[]` for every item: `spec.externalIPs[]`. A key that holds dots stands in quotes: `metadata.annotations."a.b/c"`.
   * What starts with `pod.` is looked up in the pod spec of whatever holds one.
   */
  readonly path: string;
  readonly holds: "ip" | "cidr" | "ip-or-cidr" | "ip-port" | "ip-range";
  /** The value is a list in one string, parted by this: the parts are looked at one by one. */
  readonly separator?: string;
  /** A subnet, so that host bits are a mistake; otherwise an address with its prefix length (`10.0.0.5/24`) is fine. */
  readonly subnet?: boolean;
  /** Only canonical text is accepted, by every version (`netip`-strict fields such as those of EndpointSlice). */
  readonly strict?: boolean;
  /** A range that addresses are handed out from: what overlap and containment are about. */
  readonly range?: "pod" | "service" | "node" | "load-balancer" | "plan";
  /** A family it has to be. */
  readonly family?: "IPv4" | "IPv6";
  /** What the reader itself says of a value it cannot read, if not the API server's words. */
  readonly reader?: string;
  /** This field's literals are judged by a rule of their own; the rules on literals in general leave it alone. */
  readonly ownRule?: boolean;
}

/** One literal at its place. */
export interface AddressField {
  readonly path: AddressPath;
  readonly field: Field;
  readonly text: string;
  /** Where `text` lies within the scalar: part of it if the field holds a list. */
  readonly start: number;
  readonly end: number;
}

const tables: readonly AddressPath[] = [...coreAddresses, ...configAddresses, ...cniAddresses];
const byKind = new Map<string, readonly (readonly [AddressPath, readonly string[]])[]>();
const cache = new WeakMap<Resource, readonly AddressField[]>();

/** Every address and prefix of a resource that the table knows, in the order of the table. */
export function addressFields(resource: Resource): readonly AddressField[] {
  let known = cache.get(resource);
  if (!known) {
    known = pathsOf(resource.kind).flatMap(([path, steps]) => {
      if (path.groups && !path.groups.includes(resource.group)) return [];
      return find(resource, steps).flatMap((field) => literals(path, field));
    });
    cache.set(resource, known);
  }
  return known;
}

function pathsOf(kind: string) {
  let paths = byKind.get(kind);
  if (!paths) {
    paths = tables.filter(({ kinds }) => kinds.includes(kind)).map((path) => [path, steps(path.path)] as const);
    byKind.set(kind, paths);
  }
  return paths;
}

function find(resource: Resource, [first, ...rest]: readonly string[]): readonly Field[] {
  if (first === undefined) return [];
  const root = first === "pod" ? podSpec(resource) : first === "[]" ? undefined : resource.get(first);
  return rest.reduce<readonly Field[]>(
    (fields, step) => fields.flatMap((field) => (step === "[]" ? field.items() : (field.get(step) ?? []))),
    root ? [root] : [],
  );
}

function steps(path: string): string[] {
  return [...path.matchAll(/"([^"]+)"|\[\]|[^.[\]"]+/g)].map((match) => match[1] ?? match[0]);
}

function literals(path: AddressPath, field: Field): AddressField[] {
  const { text } = field;
  if (text === undefined) return [];
  if (path.separator === undefined) return [{ path, field, text, start: 0, end: text.length }];
  let start = 0;
  return text.split(path.separator).map((part) => {
    const literal = { path, field, text: part, start, end: start + part.length };
    start += part.length + (path.separator?.length ?? 0);
    return literal;
  });
}
