import type { Field } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";
import { cniAddresses } from "./table/cni.ts";
import { configAddresses } from "./table/config.ts";
import { coreAddresses } from "./table/core.ts";

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
   * What starts with `pod.` is looked up in the pod spec of whatever holds one. `**` is every scalar below.
   */
  readonly path: string;
  readonly holds: "ip" | "cidr" | "ip-or-cidr" | "ip-port" | "ip-range";
  /** The value is a list in one string, parted by this: the parts are looked at one by one. */
  readonly separator?: string;
  /** Blanks around the value, or around the parts of that list, are let in. */
  readonly blanks?: boolean;
  /** A subnet, so that host bits are a mistake; otherwise an address with its prefix length (`10.0.0.5/24`) is fine. */
  readonly subnet?: boolean;
  /** Only canonical text is accepted, by every version (`netip`-strict fields such as those of EndpointSlice). */
  readonly strict?: boolean;
  /** A range that addresses are handed out from: what overlap and containment are about. */
  readonly range?: "pod" | "service" | "node" | "load-balancer" | "plan";
  /** A family it has to be. */
  readonly family?: "IPv4" | "IPv6";
  /** What its reader says of the other family: an error of that number. */
  readonly otherFamily?: Refusal;
  /** What its reader says of bits beyond the prefix length: an error of that number, not one of those for every field. */
  readonly masked?: Refusal;
  /** What the reader itself says of a value it cannot read, if not the API server's words. */
  readonly reader?: string;
  /**
   * The syntax of this field is judged by a rule of its own. The rules in general look at what can be read, for its range and
   * its canonical form.
   */
  readonly ownRule?: boolean;
  /**
   * Read by the API server's own validation, which grew stricter in 1.36: leading zeros, IPv4-mapped addresses and host
   * bits are errors from then on, warnings before. Elsewhere they are warnings.
   */
  readonly byApiServer?: boolean;
  /** Read with Go's own net or netip: no octet may have a leading zero, in any version. {@link https://go.dev/doc/go1.17#net} */
  readonly byGo?: boolean;
  /** Any text is let in, so that one that cannot be read is a warning. */
  readonly unchecked?: boolean;
  /** Any text may stand here, such as a name: only what looks like an address is looked at. */
  readonly loose?: boolean;
  /** Words that may stand in the address's place: "None". An empty string always may, unless the field is `needed`. */
  readonly words?: readonly string[];
  readonly needed?: boolean;
  /**
   * What becomes of the address. "backend": the API server refuses loopback, link-local and the like. "target": packets
   * are sent to it, so that these cannot work. "resolver": a target, but a cache on the node is usual. "selector": a target, but
   * the reader takes an address of the host where it is unspecified or loopback.
   */
  readonly role?: "backend" | "target" | "resolver" | "selector";
  /** A number of the catalogue that a literal which cannot be read has besides, in this field. */
  readonly code?: string;
  /** Another field and its value that make this one something else: `["addressType", "FQDN"]`. */
  readonly unless?: readonly [field: string, value: string];
  /** A field that says the same: where it is written too, only that one is judged. */
  readonly sameAs?: readonly (string | number)[];
  /** The field that names the interface to reach a link-local address over. */
  readonly interface?: readonly string[];
}

/** What a program that reads a field refuses, in its words, and the number of the catalogue. */
export interface Refusal {
  readonly says: string;
  readonly code: string;
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
const byKind = new Map<string, { readonly keys: Steps; readonly pod: Steps }>();

/** The kinds that hand out addresses. */
export const rangeKinds: readonly string[] = [
  ...new Set(tables.filter(({ range }) => range).flatMap(({ kinds }) => kinds)),
];

const words = new Map<string, readonly RegExp[]>();

/** One key of the path to every field that the rules on literals judge, whatever it holds: what has none of them has no such field. */
export function addressWords(kind: string): readonly RegExp[] {
  let known = words.get(kind);
  if (!known) {
    const own = tables.filter(({ kinds, loose, ownRule }) => kinds.includes(kind) && !loose && !ownRule);
    known = [...new Set(own.map(({ path }) => tellingKey(path)))].map(
      (key) => new RegExp(key.replace(/[^\w-]/g, "\\$&"), "im"),
    );
    words.set(kind, known);
  }
  return known;
}

/** The longest, of those the last; the first is in every object. */
function tellingKey(path: string): string {
  const [first = "", ...below] = steps(path).filter((step) => step !== "[]" && step !== "**");
  return below.reduce((longest, step) => (step.length >= longest.length ? step : longest), below[0] ?? first);
}

/** Every address and prefix of a resource that the table knows, in the order of the table. */
export function addressFields(resource: Resource): readonly AddressField[] {
  return resource.once(addressFields, () => {
    const found: Found[] = [];
    const { pod, keys } = treeOf(resource.kind);
    walk(resource.root, keys, found);
    const spec = pod.size > 0 ? podSpec(resource) : undefined;
    if (spec) walk(spec, pod, found);
    return found
      .filter(({ path: { groups } }) => groups?.includes(resource.group) ?? true)
      .filter(({ path: { unless } }) => unless === undefined || resource.get(unless[0])?.text !== unless[1])
      .sort((a, b) => a.order - b.order)
      .flatMap(({ path, field }) => literals(path, field));
  });
}

/** The table's paths that begin alike, so that a manifest is walked once and not once a path. */
type Steps = Map<string, Branch>;

interface Branch {
  readonly ends: Ending[];
  readonly steps: Steps;
}

interface Ending {
  readonly path: AddressPath;
  /** Its place in the table. */
  readonly order: number;
}

interface Found extends Ending {
  readonly field: Field;
}

function treeOf(kind: string): { readonly keys: Steps; readonly pod: Steps } {
  let tree = byKind.get(kind);
  if (!tree) {
    tree = { keys: new Map(), pod: new Map() };
    for (const [order, path] of tables.entries()) {
      if (!path.kinds.includes(kind)) continue;
      const [first = "", ...rest] = steps(path.path);
      plant(first === "pod" ? tree.pod : tree.keys, first === "pod" ? rest : [first, ...rest], { path, order });
    }
    byKind.set(kind, tree);
  }
  return tree;
}

function plant(into: Steps, [step = "", ...rest]: readonly string[], ending: Ending): void {
  const branch: Branch = into.get(step) ?? { ends: [], steps: new Map() };
  into.set(step, branch);
  if (rest.length === 0) branch.ends.push(ending);
  else plant(branch.steps, rest, ending);
}

function walk(field: Field, into: Steps, found: Found[]): void {
  for (const [step, branch] of into) {
    for (const next of take(field, step)) {
      for (const ending of branch.ends) found.push({ ...ending, field: next });
      if (branch.steps.size > 0) walk(next, branch.steps, found);
    }
  }
}

function take(field: Field, step: string): readonly Field[] {
  if (step === "[]") return field.items();
  if (step === "**") return [...field.scalars()];
  const next = field.get(step);
  return next ? [next] : [];
}

function steps(path: string): string[] {
  return [...path.matchAll(/"([^"]+)"|\[\]|[^.[\]"]+/g)].map((match) => match[1] ?? match[0]);
}

function literals(path: AddressPath, field: Field): AddressField[] {
  // Go reads null as an empty string; in a patch it takes something away.
  const isNull = path.needed && field.type === "null" && !field.resource.partial;
  const text = isNull ? "" : field.text;
  if (text === undefined) return [];
  if (path.separator === undefined && !path.blanks) return [{ path, field, text, start: 0, end: text.length }];
  const gap = path.separator?.length ?? 0;
  let at = 0;
  return (path.separator ? text.split(path.separator) : [text]).map((whole) => {
    const part = path.blanks ? whole.trim() : whole;
    const start = at + (path.blanks ? whole.length - whole.trimStart().length : 0);
    at += whole.length + gap;
    return { path, field, text: part, start, end: start + part.length };
  });
}
