import { embed, embeddedKind, structured } from "./embedded.ts";
import type { Field } from "./field.ts";
import type { Node } from "./node.ts";
import { parseYaml, type SyntaxProblem } from "./parse.ts";
import { Resource } from "./resource.ts";

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
}

/** `patch`: it is merged into an object that stands elsewhere, so that what it leaves out says nothing. */
export function parseDocument(text: string, patch = false): Document {
  const { roots, problems, templated } = parseYaml(text);
  // A line that holds only an action may put anything in its place.
  const partial = patch || (templated && /^[ \t]*\{\{/m.test(text)) || isPatch(text);
  const resources = roots.flatMap((root) => resourcesOf(root, [], partial, text));
  return { text, lines: countLines(text), problems, resources };
}

function resourcesOf(root: Node, steps: readonly (string | number)[], partial: boolean, source: string): Resource[] {
  const resource = new Resource(root, { steps, partial, source });
  const items = resource.kind.endsWith("List") ? resource.get("items") : undefined;
  if (items?.type === "seq")
    return items.items().flatMap((item, index) => resourcesOf(item.node, [...steps, "items", index], partial, source));
  return [resource, ...embeddedIn(resource, source)];
}

/** Files that a ConfigMap or a NetworkAttachmentDefinition holds. */
function embeddedIn(resource: Resource, source: string): Resource[] {
  if (resource.kind === "NetworkAttachmentDefinition")
    return nested(resource.get("spec", "config"), "CNIConfig", source);
  if (resource.kind !== "ConfigMap") return [];
  return (resource.get("data")?.entries() ?? []).flatMap(([key, field]) => {
    const kind = field.text === undefined ? undefined : embeddedKind(key, field.text);
    return kind === undefined ? [] : nested(field, kind, source);
  });
}

function nested(field: Field | undefined, name: string, source: string): Resource[] {
  const embedded = field && embed(field, name, source);
  if (!embedded) return [];
  const origin = { steps: [], partial: false, source, embedded };
  if (!structured.has(name))
    return [new Resource({ kind: "map", start: 0, end: embedded.text.length, flow: false, pairs: [] }, origin)];
  const { roots, problems } = parseYaml(embedded.text);
  return problems.length > 0 ? [] : roots.map((root) => new Resource(root, origin));
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
