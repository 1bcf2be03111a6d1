/** Stands for one character of a template action; nobody writes a private-use character in a manifest. */
export const mask = "\ue000";

/**
 * Helm and Go templates become YAML of the same length: a line that holds only actions becomes blank, an action inside a
 * value becomes mask characters, so that every offset stays true. {@link https://helm.sh/docs/chart_template_guide/}
 */
export function maskTemplates(text: string): string {
  const actions = text.replace(/\{\{[\s\S]*?\}\}/g, (action) => action.replace(/[^\r\n]/g, mask));
  const above = actions.replace(
    aboveEntries,
    (_, key: string, _indent: string, masked: string) => key + masked.replaceAll(mask, " "),
  );
  return above.replace(onlyActions, (line, at: number) =>
    opensBlock(above, at, line) ? line : line.replaceAll(mask, " "),
  );
}

/** The first line of a block scalar: blank, it would be an error or hide that the text comes from a template. */
function opensBlock(text: string, at: number, line: string): boolean {
  const above = text.slice(text.lastIndexOf("\n", at - 2) + 1, Math.max(0, at - 1));
  return /(?:[:-]|^)[ \t]+[|>][-+\d]*[ \t]*(?:#.*)?\r?$/.test(above) && indentOf(above) < indentOf(line);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * True if an action that stands alone on a line of a list, or right behind it, writes something there: more items, as far
 * as anybody can tell. What only opens or closes a branch or a loop writes nothing. `end` is that of the list's last item.
 */
export function writesInto(source: string, start: number, end: number): boolean {
  const behind = /^.*\n(?:[ \t]*\{\{.*\}\}[ \t]*(?:\n|$))*/.exec(source.slice(end))?.[0] ?? "";
  return writing.test(source.slice(start, end) + behind);
}

const writing =
  /^[ \t]*\{\{(?!-?\s*(?:(?:if|else|end|range|with|define|block|break|continue)\b|\/\*|\$\w*\s*(?:,|:?=)))/m;

/** `labels: {{- include "labels" . | nindent 4 }}` with more entries below it: the action writes the first of them. */
const aboveEntries = new RegExp(
  `^(([ \\t]*)[\\w."'/-]+:[ \\t]+)(${mask}[${mask} \\t]*)(?=\\r?\\n\\2[ \\t]+[\\w."'/-]+:(?:\\s|$))`,
  "gm",
);

const onlyActions = new RegExp(`^[ \\t]*${mask}[ \\t${mask}]*(?=\\r?$)`, "gm");

/** The value comes, in part at least, from a template: nothing can be said about it. */
export function isTemplated(text: string): boolean {
  return text.includes(mask);
}
