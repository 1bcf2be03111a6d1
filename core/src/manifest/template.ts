import type { Range } from "./field.ts";

/** Stands for one character of a template action; nobody writes a private-use character in a manifest. */
export const mask = "\ue000";

/**
 * Helm and Go templates become YAML of the same length: a line that holds only actions becomes blank, an action inside a
 * value becomes mask characters, so that every offset stays true. {@link https://helm.sh/docs/chart_template_guide/}
 */
export function maskTemplates(text: string): string {
  return blankLines(
    maskActions(text).replace(
      aboveEntries,
      (_, key: string, _indent: string, masked: string) => key + masked.replaceAll(mask, " "),
    ),
  );
}

/** An action on a line of its own, or as a whole value without quotes: for YAML alone this would be something else, or nothing. */
export const isTemplate = /^\ufeff?[ \t]*(?:- +)*(?:[\w."'/-]+:[ \t]+)?\{\{/m;

/** Every action in mask characters, its line ends and the indentation of its lines kept, so that what it stands in goes on. */
export function maskActions(text: string): string {
  let result = "";
  let at = 0;
  for (const { start, end } of actionsIn(text)) {
    result += text.slice(at, start) + maskedAction(text.slice(start, end));
    at = end;
  }
  return at === 0 ? text : result + text.slice(at);
}

/** Nearly all stand on one line. */
function maskedAction(action: string): string {
  if (!/[\r\n]/.test(action)) return mask.repeat(action.length);
  return action.replace(/(\n[ \t]*)|[^\r\n]/g, (_, kept) => kept ?? mask);
}

/**
 * Where the actions of a template stand, in order; one that is not closed is none. What stands in a comment or between quotes ends none.
 * {@link https://github.com/golang/go/blob/master/src/text/template/parse/lex.go}
 */
export function actionsIn(text: string): Range[] {
  const found: Range[] = [];
  // Where one comment has no end, none behind it has.
  let comments = true;
  for (let start = text.indexOf("{{"); start >= 0; ) {
    const close = text.indexOf("}}", start + 2);
    if (close < 0) break;
    const isComment = opensComment.test(text.slice(start + 2, start + 6));
    const end = isComment ? comments && behind(closesComment, text, start) : behind(closesAction, text, start);
    if (isComment && !end) comments = false;
    // Comments and quotes without an end: the first braces that close are taken.
    found.push({ start, end: end || close + 2 });
    start = text.indexOf("{{", end || close + 2);
  }
  return found;
}

/** Behind the first match of braces that close. */
function behind(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start + 2;
  for (let match = pattern.exec(text); match; match = pattern.exec(text))
    if (!/^["`]/.test(match[0])) return pattern.lastIndex;
  return undefined;
}

const opensComment = /^(?:-\s)?\/\*/;
const closesComment = /\*\/(?:\s-)?\}\}/g;
const closesAction = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}/g;

/**
 * Blank where there are only actions. The first line of a block scalar is another matter: a blank one that is longer than the
 * indentation below is an error. Within the block it stays, so that the text is known to come from a template; further left, as Helm's
 * authors write it, it goes on as a comment behind the indicator.
 */
function blankLines(text: string): string {
  let result = "";
  let at = 0;
  let header: string | undefined;
  for (const { 0: line, index: start } of text.matchAll(onlyActions)) {
    const isNext = header !== undefined && text.slice(at, start).trim() === "" && start - at <= 2;
    if (!isNext) header = blockHeader(text, start);
    const inBlock = header !== undefined && indentOf(header) < indentOf(line);
    const newline = text.endsWith("\r\n", start) ? start - 2 : start - 1;
    if (header === undefined || inBlock)
      result += text.slice(at, start) + (inBlock ? line : line.replaceAll(mask, " "));
    else result += `${text.slice(at, newline)}${" ".repeat(start - newline)}#${" ".repeat(line.length - 1)}`;
    at = start + line.length;
    if (inBlock) header = undefined;
  }
  return result + text.slice(at);
}

/** The line above if a block scalar begins on it. */
function blockHeader(text: string, at: number): string | undefined {
  const above = text.slice(text.lastIndexOf("\n", at - 2) + 1, Math.max(0, at - 1));
  return /(?:[:-]|^)[ \t]+[|>][-+\d]*[ \t]*(?:#.*)?\r?$/.test(above) ? above : undefined;
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

/**
 * `- {{ toYaml . | nindent 8 }}` with more entries of the item below it, maybe behind lines of actions: the action writes the first of them.
 * As text that is broken, so that it is asked for where the text is.
 */
export function blankAboveEntries(masked: string): string {
  return masked.replace(
    aboveItsEntries,
    (_, before: string, _indent, action: string) => before + " ".repeat(action.length),
  );
}

const aboveItsEntries = new RegExp(
  `^(([ \\t]*)(?:- +)+)(${mask}[${mask} \\t]*)(?=(?:\\r?\\n[ \\t]*)*\\r?\\n\\2[ \\t]+[\\w."'/-]+:(?:\\s|$))`,
  "gm",
);

/** Behind a byte order mark, too. */
const onlyActions = new RegExp(`^\ufeff?[ \\t]*${mask}[ \\t${mask}]*(?=\\r?$)`, "gm");

/** The value comes, in part at least, from a template: nothing can be said about it. */
export function isTemplated(text: string): boolean {
  return text.includes(mask);
}
