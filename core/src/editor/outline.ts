import type { Document } from "../manifest/document.ts";
import type { Range } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { spokenKind } from "../manifest/spoken-kind.ts";

/** An object of a document, for a list of what a file holds. */
export interface OutlineEntry extends Range {
  /** Its own, or its kind where it has none. */
  readonly name: string;
  /** `Service`, `values of a chart`; "" where the name says it. */
  readonly detail: string;
  /** What to put the cursor on: its name. */
  readonly selected: Range;
  /** What it wraps up: the values of a HelmRelease, the files of a ConfigMap. */
  readonly children: readonly OutlineEntry[];
}

/**
 * The objects of a document in the order written, each with what it holds. Of the many files that name no kind, a workflow for one, those
 * alone are values of a chart that are called so.
 */
export function outlineOf({ resources }: Document, fileName: string): readonly OutlineEntry[] {
  const of = (above: Resource): readonly OutlineEntry[] =>
    resources
      .filter((one) => one !== above && one.holder === above && !one.isComposed)
      .map((one) => entry(one, of, above))
      .filter(({ start, end }) => start >= above.root.start && end <= above.root.end);
  const isValues = /^values[\w.-]*\.ya?ml$/.test(fileName);
  const own = resources.filter(
    (one) => one.holder === one && one.kind !== "" && !one.isPart && (one.kind !== "HelmValues" || isValues),
  );
  return own.map((one) => entry(one, (held) => (held === one ? of(one) : []), undefined));
}

function entry(
  resource: Resource,
  held: (resource: Resource) => readonly OutlineEntry[],
  above: Resource | undefined,
): OutlineEntry {
  const { kind, root } = resource;
  const said = spokenKind(kind);
  const { start, end } = root;
  const at = resource.get("metadata", "name") ?? resource.get("kind") ?? root.entries()[0]?.[1].key ?? root;
  const selected = at.start >= start && at.end <= end ? { start: at.start, end: at.end } : { start, end: start };
  return {
    name: resource.name ?? said,
    detail: resource.name ? said : "",
    start,
    end,
    selected,
    children: above ? [] : held(resource),
  };
}
