import { keyOf } from "../kinds/setting-fields.ts";
import { isOfPart, isOperators } from "../manifest/chart-values.ts";
import type { Field } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";
import type { AddressPath } from "./address-path.ts";
import { cniAddresses } from "./table/cni.ts";
import { configAddresses } from "./table/config.ts";
import { coreAddresses } from "./table/core.ts";
import { installerAddresses } from "./table/installers.ts";
import { projectAddresses } from "./table/projects.ts";
import { anyOperators, valueAddresses } from "./table/values.ts";

/** One literal at its place. */
export interface AddressField {
  readonly path: AddressPath;
  readonly field: Field;
  readonly text: string;
  /** Where `text` lies within the scalar: part of it if the field holds a list. */
  readonly start: number;
  readonly end: number;
}

/** Every field that is known to hold addresses. */
export const tables: readonly AddressPath[] = [
  ...coreAddresses,
  ...configAddresses,
  ...installerAddresses,
  ...projectAddresses,
  ...cniAddresses,
  ...valueAddresses,
];
/** Those of each kind, with their place in the table. */
const byKind = new Map<string, { readonly path: AddressPath; readonly order: number }[]>();
for (const [order, path] of tables.entries())
  for (const kind of path.kinds) {
    const own = byKind.get(kind);
    if (own) own.push({ path, order });
    else byKind.set(kind, [{ path, order }]);
  }

/** The kinds that hand out addresses. */
export const rangeKinds: readonly string[] = [
  ...new Set(tables.filter(({ range }) => range).flatMap(({ kinds }) => kinds)),
];

const words = new Map<string, readonly RegExp[]>();

/** One key of the path to every field that the rules on literals judge, whatever it holds: what has none of them has no such field. */
export function addressWords(kind: string): readonly RegExp[] {
  let known = words.get(kind);
  if (!known) {
    const own = (byKind.get(kind) ?? []).filter(
      ({ path: { loose, shaped, ownRule } }) => !loose && !shaped && !ownRule,
    );
    known = [...new Set(own.map(({ path }) => tellingWord(path)))].map((word) => new RegExp(word, "im"));
    words.set(kind, known);
  }
  return known;
}

/** As a pattern: the keys that count, where the path leads to any key of what is in every object. */
function tellingWord({ path, key }: AddressPath): string {
  const anyKey = key && /^\w+\.\*\*$/.test(path) && !/\[\^|\\[$^]/.test(key.source);
  return anyKey ? key.source.replace(/[$^]/g, "") : tellingKey(path).replace(/[^\w-]/g, "\\$&");
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
    if (isOperators(resource)) walk(resource.root, treeOf(anyOperators).keys, found);
    const spec = pod.size > 0 ? podSpec(resource) : undefined;
    if (spec) walk(spec, pod, found);
    return found
      .filter(({ path: { groups } }) => groups?.includes(resource.group) ?? true)
      .filter(({ path: { unless } }) => unless === undefined || resource.get(unless[0])?.text !== unless[1])
      .filter(({ path, field }) => !path.key || !isOfPart(field))
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

const trees = new Map<string, { readonly keys: Steps; readonly pod: Steps }>();

function treeOf(kind: string): { readonly keys: Steps; readonly pod: Steps } {
  let tree = trees.get(kind);
  if (!tree) {
    tree = { keys: new Map(), pod: new Map() };
    for (const { path, order } of byKind.get(kind) ?? []) {
      const [first = "", ...rest] = steps(path.path);
      plant(first === "pod" ? tree.pod : tree.keys, first === "pod" ? rest : [first, ...rest], { path, order });
    }
    trees.set(kind, tree);
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
      for (const ending of endsAt(branch, next)) found.push({ ...ending, field: next });
      if (branch.steps.size > 0) walk(next, branch.steps, found);
    }
  }
}

/** Characters; what a longer key holds is nobody's setting, and some patterns of keys take time by the square of them. */
const longestKey = 253;

/** Of what goes by the key, the first that fits. */
function endsAt({ ends }: Branch, field: Field): readonly Ending[] {
  if (!ends.some(({ path }) => path.key)) return ends;
  const key = keyOf(field);
  const fits = key.length > longestKey ? undefined : ends.find(({ path }) => path.key?.test(key));
  return ends.filter((ending) => ending === fits || !ending.path.key);
}

function take(field: Field, step: string): readonly Field[] {
  if (step === "[]") return field.items();
  if (step === "**") return field.scalars();
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
