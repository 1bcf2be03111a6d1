import { isOperators, partsOf } from "./chart-values.ts";
import { compose, type PlacedField } from "./composed.ts";
import { type Embedded, embed, embeddedKind, structured } from "./embedded.ts";
import type { Field } from "./field.ts";
import { filesIn } from "./files-in-values.ts";
import { patched } from "./json-patch.ts";
import { hasAnchor, type ListItems, listItems } from "./list-items.ts";
import { tooLongLine } from "./long-line.ts";
import { anything, type Glance } from "./mentions.ts";
import type { Node } from "./node.ts";
import { chartCorefiles } from "./openers/coredns-chart.ts";
import type { Wrapped } from "./openers/opener.ts";
import type { Origin } from "./origin.ts";
import { parseYaml } from "./parse.ts";
import type { Parsed, SyntaxProblem } from "./parsed.ts";
import { programResources } from "./program-file.ts";
import { leftOut } from "./recover.ts";
import { Resource } from "./resource.ts";
import { wrappedIn } from "./wrappers.ts";

/**
 * One document of a file: its text and what it holds. All offsets count from the start of its text, so a document
 * keeps its results when text above it changes.
 */
export interface Document {
  readonly text: string;
  /** Line breaks in `text`. */
  readonly lines: number;
  readonly problems: readonly SyntaxProblem[];
  /** Objects, items of Lists, and structured files embedded in them, in the order written. */
  readonly resources: readonly Resource[];
  /** The items of a long List by their text, for the next parse. */
  readonly items?: ReadonlyMap<string, Parsed>;
  /** Where somebody has had one already. */
  readonly glance?: Glance;
  /** The kind of a file that is no YAML: see `programOf`. */
  readonly program?: string;
}

/** A file that is no manifest but a program's own, of a kind that {@link programOf} names: one document, whatever is in it. */
export function programDocument(text: string, program: string): Document {
  const long = tooLongLine(text);
  const problems = long ? leftOut(long).problems : [];
  const whole = long ? [] : programResources(text, program);
  const resources = whole.flatMap((file) => [
    file,
    ...wrappedIn(file).flatMap((one) => opened(one, file, { steps: [], partial: true, source: text })),
  ]);
  return { text, lines: countLines(text), problems, resources, glance: anything(text), program };
}

/**
 * `patch`: it is merged into an object that stands elsewhere, so that what it leaves out says nothing. `before` is the same
 * document before an edit: what did not change in it is not parsed again.
 */
export function parseDocument(text: string, patch = false, before?: Pick<Document, "items">): Document {
  const long = tooLongLine(text);
  if (long) return { text, lines: countLines(text), problems: leftOut(long).problems, resources: [] };
  const cut = listItems(text);
  const list = cut && parseList(text, cut, patch, before);
  if (list) return list;
  const { roots, problems, templated, recovered = false } = parseYaml(text);
  const partial = patch || isPartial(text, templated);
  const resources = roots.flatMap((root) => resourcesOf(root, { steps: [], partial, recovered, source: text }));
  return { text, lines: countLines(text), problems, resources };
}

function parseList(
  text: string,
  { head, items }: ListItems,
  patch: boolean,
  before: Pick<Document, "items"> | undefined,
): Document | undefined {
  const parsed = new Map<string, Parsed>();
  const read: { readonly source: string; readonly base: number; readonly item: Parsed }[] = [];
  for (const { start, end } of items) {
    const source = text.slice(start, end);
    const known = parsed.get(source) ?? before?.items?.get(source);
    if (!known && hasAnchor(source)) return undefined;
    const item = known ?? parseYaml(source);
    parsed.set(source, item);
    read.push({ source, base: start, item });
  }
  const { roots, problems: headProblems } = parseYaml(head);
  const problems = [...headProblems];
  const typed = roots[0] ? itemsOf(new Resource(roots[0], { steps: [], partial: false, source: head })) : {};
  const resources = read.flatMap(({ source, base, item }, index) => {
    const moved = item.problems.map((problem) => ({
      ...problem,
      start: problem.start + base,
      end: problem.end + base,
    }));
    problems.push(...moved);
    const partial = patch || isPartial(source, item.templated);
    const recovered = item.recovered ?? false;
    const origin = { steps: ["items", index], partial, recovered, source, base, ...typed };
    return item.roots.flatMap((root) =>
      root.kind === "seq" ? root.items.flatMap((node) => resourcesOf(node, origin)) : [],
    );
  });
  return { text, lines: countLines(text), problems, resources, items: parsed };
}

/** A line that holds only an action may put anything in its place, and so may one above the entries of its key or item. */
function isPartial(text: string, templated: boolean): boolean {
  return (templated && (besidesActions.test(text) || aboveItsEntries.test(text))) || isPatch(text);
}

const besidesActions = /^[ \t]*\{\{|^([ \t]*)[\w."'/-]+:[ \t]+\{\{.*\}\}[ \t]*\r?\n\1[ \t]+\S/m;
const aboveItsEntries = /^([ \t]*)(?:- +)+\{\{.*\}\}[ \t]*(?:\r?\n[ \t]*)*\r?\n\1[ \t]+[\w."'/-]+:(?:\s|$)/m;

function resourcesOf(root: Node, origin: Origin): Resource[] {
  const resource = new Resource(root, origin);
  const items = resource.kind.endsWith("List") ? resource.get("items") : undefined;
  if (items?.type === "seq")
    return items.items().flatMap((item, index) => {
      const steps = [...origin.steps, "items", index];
      return resourcesOf(item.node, { ...origin, steps, ...itemsOf(resource) });
    });
  const wrapped = wrappedIn(resource).flatMap((one) => opened(one, resource, origin));
  const inner = [...embeddedIn(resource), ...wrapped];
  if (resource.kind !== "HelmValues" && !isOperators(resource)) return [resource, ...inner];
  const files = resource.kind === "HelmValues" ? filesOf(resource.root) : [];
  const parts = partsOf(resource.root).map(({ node, steps }) => {
    const { as: _as, ...rest } = origin;
    return new Resource(node, { ...rest, partial: true, partOf: resource, values: [...origin.steps, ...steps] });
  });
  return [resource, ...inner, ...files, ...parts];
}

/** What a wrapper holds, as if it stood by itself: fields of the document, or YAML in a text. */
function opened(wrapped: Wrapped, within: Resource, { item: _, ...origin }: Origin): readonly Resource[] {
  const { field, as, apiVersion, placed, patches, below, program, made } = wrapped;
  const inner = { partial: true, within, ...(as ? { as } : {}), ...(apiVersion === undefined ? {} : { apiVersion }) };
  if (program !== undefined) return nested(field, program);
  if (made)
    return parseYaml(made.text).roots.flatMap((root) =>
      resourcesOf(root, { steps: [], source: made.text, embedded: made, ...inner }),
    );
  if (placed) return composed(placed, { ...origin, ...inner });
  if (field.node.kind === "seq") return patches ? composed(patched(field), { ...origin, ...inner, as: patches }) : [];
  if (field.node.kind === "map") {
    const steps = [...origin.steps, ...field.steps];
    return resourcesOf(field.node, { ...origin, steps, ...inner });
  }
  const embedded = embed(field, "Yaml");
  if (!embedded) return [];
  const { roots, problems } = parseYaml(embedded.text);
  if (problems.length > 0) return [];
  const file = { steps: [], source: embedded.text, embedded, ...inner };
  return roots.flatMap((root) => {
    if (root.kind === "map" && !below) return resourcesOf(root, file);
    const list = new Resource(root, { ...file, as: { apiVersion: "", kind: "" } }).root;
    if (below) return composed([{ to: below, field: list }], file);
    return root.kind === "seq" && patches ? composed(patched(list), { ...file, as: patches }) : [];
  });
}

function composed(placed: readonly PlacedField[], origin: Origin): readonly Resource[] {
  const made = compose(placed, origin.steps);
  return made?.node.kind === "map" ? resourcesOf(made.node, { ...origin, steps: [], ways: made.ways }) : [];
}

/** {@link https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/unstructured/unstructured.go}, decodeToList */
function itemsOf({ kind, apiVersion }: Resource): Pick<Origin, "item"> {
  return kind === "List" ? {} : { item: { apiVersion, kind: kind.slice(0, -"List".length) } };
}

/** Files that a ConfigMap or a NetworkAttachmentDefinition holds. */
function embeddedIn(resource: Resource): Resource[] {
  if (resource.kind === "NetworkAttachmentDefinition") return nested(resource.get("spec", "config"), "CNIConfig");
  if (resource.kind !== "ConfigMap") return [];
  return (resource.get("data")?.entries() ?? []).flatMap(([key, field]) => {
    const kind = field.text === undefined ? undefined : embeddedKind(key, field.text);
    return kind === undefined ? [] : nested(field, kind);
  });
}

/** Files of programs in a chart's values: written as such, or made of lists. */
function filesOf(values: Field): Resource[] {
  const made = chartCorefiles(values).flatMap((file) => read(file, file.name));
  return [...filesIn(values).flatMap((one) => nested(one.field, one.kind)), ...made];
}

function nested(field: Field | undefined, name: string): Resource[] {
  const embedded = field && embed(field, name);
  return embedded ? read(embedded, name) : [];
}

function read(embedded: Embedded, name: string): Resource[] {
  const origin = { steps: [], partial: false, source: embedded.text, embedded };
  if (!structured.has(name))
    return [new Resource({ kind: "map", start: 0, end: embedded.text.length, flow: false, pairs: [] }, origin)];
  const { roots, problems } = parseYaml(embedded.text);
  return problems.length > 0 ? [] : roots.flatMap((root) => resourcesOf(root, origin));
}

/** A directive of Kustomize's strategic merge; nothing else has such a key. */
function isPatch(text: string): boolean {
  return text.includes("$patch:") && /^[ \t]*(?:- +)*\$patch:/m.test(text);
}

export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
