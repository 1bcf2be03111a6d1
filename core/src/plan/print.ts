import { formatPrefix } from "../addresses/address.ts";
import { formatSpan, spanSize } from "../addresses/span.ts";
import { spokenKind } from "../manifest/spoken-kind.ts";
import { escapedMarkdown } from "../text/markdown.ts";
import type { AddressPlan, PlacedPrefix, PlanNode } from "./model.ts";

/** How many free blocks a line names; the rest is counted. */
const named = 4;

/** The plan as nested lists, one range a line, with what overlaps in front. */
export function planToMarkdown({ roots, overlaps }: AddressPlan): string {
  if (roots.length === 0) return "# Address plan\n\nNo range of addresses is written in these files.\n";
  const conflicts = overlaps.map(
    ({ first, second }) =>
      `- ${escapedMarkdown(second.text)} (${owner(second)}) overlaps ${escapedMarkdown(first.text)} (${owner(first)})\n`,
  );
  const warning = conflicts.length > 0 ? `## Overlaps\n\n${conflicts.join("")}\n## Ranges\n\n` : "";
  return `# Address plan\n\n${warning}${roots.map((root) => lines(root, "")).join("")}`;
}

/** The plan as plain JSON, addresses in canonical text, sizes as decimal strings since they reach 2^128. */
export function planToJson({ roots, overlaps }: AddressPlan): unknown {
  return {
    roots: roots.map(nodeToJson),
    overlaps: overlaps.map(({ first, second }) => ({ first: entryToJson(first), second: entryToJson(second) })),
  };
}

function lines({ span, entries, children, free }: PlanNode, indent: string): string {
  const owners = entries.map((entry) => `${entry.role}, ${owner(entry)}`).join("; ");
  const rest = free.length > named ? `, and ${free.length - named} smaller` : "";
  const gaps = free.slice(0, named).map((block) => `\`${formatPrefix(block)}\``);
  const left = gaps.length > 0 ? `${indent}  - free: ${gaps.join(", ")}${rest}\n` : "";
  const below = children.map((child) => lines(child, `${indent}  `)).join("");
  return `${indent}- \`${formatSpan(span)}\` ${owners}\n${below}${left}`;
}

function owner({ kind, name, file, path }: PlacedPrefix): string {
  const said = spokenKind(kind);
  return escapedMarkdown(`${name === undefined ? said : `${said} ${name}`}, ${path} in ${file}`);
}

function nodeToJson({ span, entries, children, free }: PlanNode): unknown {
  return {
    range: formatSpan(span),
    family: span.first.family,
    size: spanSize(span).toString(),
    entries: entries.map(entryToJson),
    free: free.map(formatPrefix),
    children: children.map(nodeToJson),
  };
}

function entryToJson({ role, text, kind, name, file, document, path }: PlacedPrefix): unknown {
  return { role, text, kind, ...(name === undefined ? {} : { name }), file, document, path };
}
