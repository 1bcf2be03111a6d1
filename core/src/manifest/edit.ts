import type { Field, Range } from "./field.ts";
import type { Node } from "./node.ts";

/** Replaces a range of the document's text. */
export interface Edit extends Range {
  readonly text: string;
}

/**
 * Puts another scalar in a scalar's place: in the quotes it has, or in new ones where plain text would be read as
 * something else. undefined for maps, sequences and blocks.
 */
export function replaceScalar(field: Field, text: string): Edit | undefined {
  const { node } = field;
  if (node.kind !== "scalar" || node.style === "literal" || node.style === "folded") return undefined;
  const written =
    node.style === "double"
      ? doubleQuoted(text)
      : node.style === "single"
        ? singleQuoted(text)
        : quoteIfNeeded(text, inFlow(field));
  const unwritten = node.start === node.end;
  if (unwritten && !/[:-]/.test(field.resource.source[node.start - 1] ?? "")) return undefined;
  const gap = unwritten ? " " : "";
  return field.resource.edit(node.start, node.end, gap + written);
}

/** Gives an entry another key. */
export function renameKey(field: Field, key: string): Edit | undefined {
  if (isMade(field.parent?.node)) return undefined;
  const { start, end } = field.key;
  return { start, end, text: quoteIfNeeded(key, inFlow(field)) };
}

/** Takes an entry or an item away with its lines; undefined for a document's root. */
export function remove(field: Field): Edit | undefined {
  const parent = field.parent?.node;
  if (!parent || parent.kind === "scalar" || isMade(parent)) return undefined;
  if (parent.flow) return removeFromFlow(field, parent.kind === "map" ? parent.pairs.map(entryNode) : parent.items);
  const { source } = field.resource;
  const start = blockStart(field);
  const end = blockEnd(source, field.node);
  const line = lineStart(source, start);
  if (source.slice(line, start).trim() === "") return field.resource.edit(line, end, "");
  // The entry shares its line with the dash of an item: the next entry moves up to it.
  const next = parent.kind === "map" ? parent.pairs.find(({ key }) => key.start >= end)?.key.start : undefined;
  return next === undefined ? undefined : field.resource.edit(start, next, "");
}

/**
 * Writes a sibling behind an entry or an item. `yaml` is an entry (`cidr: ::/0`) or the content of an item, without
 * dash, its lines indented from 0. undefined if it does not fit there (several lines into a flow collection).
 */
export function insertAfter(field: Field, yaml: string): Edit | undefined {
  const parent = field.parent?.node;
  if (!parent || parent.kind === "scalar" || isMade(parent)) return undefined;
  const { source } = field.resource;
  if (parent.flow)
    return yaml.includes("\n") ? undefined : field.resource.edit(field.node.end, field.node.end, `, ${asFlow(yaml)}`);
  const indent = " ".repeat(blockStart(field) - lineStart(source, blockStart(field)));
  const lines = parent.kind === "seq" ? asItem(yaml) : yaml;
  return insertLines(field, blockEnd(source, field.node), lines, indent);
}

/** Writes an entry before another one of a map; see {@link insertAfter}. */
export function insertBefore(field: Field, yaml: string): Edit | undefined {
  const parent = field.parent?.node;
  if (parent?.kind !== "map" || isMade(parent) || yaml.includes("\n")) return undefined;
  const { source } = field.resource;
  const start = blockStart(field);
  if (parent.flow) return field.resource.edit(start, start, `${asFlow(yaml)}, `);
  const newline = newlineAt(source, start);
  return field.resource.edit(start, start, `${yaml}${newline}${" ".repeat(start - lineStart(source, start))}`);
}

/** Writes an entry or an item at the end of a map or a sequence that is not empty; see {@link insertAfter}. */
export function append(field: Field, yaml: string): Edit | undefined {
  const { node } = field;
  const last = node.kind === "map" ? field.entries().at(-1)?.[1] : field.items().at(-1);
  if (last) return insertAfter(last, yaml);
  return node.kind !== "scalar" && node.flow && !yaml.includes("\n")
    ? field.resource.edit(node.start + 1, node.start + 1, asFlow(yaml))
    : undefined;
}

/** What stands together only in our eyes has no line to write a neighbour on. */
function isMade(node: Node | undefined): boolean {
  return node !== undefined && node.kind !== "scalar" && node.made === true;
}

/** Plain where YAML reads it back as the same string, inside `{}` and `[]` as well if it stands there; else in double quotes. */
function quoteIfNeeded(text: string, flow = false): string {
  return isPlain(text) && !(flow && /[,[\]{}]/.test(text)) ? text : doubleQuoted(text);
}

/** {@link https://yaml.org/spec/1.2.2/#733-plain-style}; words that YAML 1.1 gives a meaning to are quoted as well. */
function isPlain(text: string): boolean {
  if (!/^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-[^\s,[\]{}])/.test(text) || text.startsWith("---")) return false;
  if (/:\s|:$|\s#|\s$/.test(text) || unprintable.test(text)) return false;
  return !words.test(text) && !numbers.test(text);
}

const words = /^(?:~|null|true|false|y|n|yes|no|on|off|=|<<)$/i;
const numbers =
  /^[-+]?(?:0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?|\.inf|\.nan)$/i;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what YAML does not let in unescaped
const unprintable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/u;

/** JSON's quotes are YAML's; YAML asks for a few more escapes. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function singleQuoted(text: string): string {
  return unprintable.test(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** A collection around it is written in `{}` or `[]`. */
function inFlow({ parent }: Field): boolean {
  return parent !== undefined && ((parent.node.kind !== "scalar" && parent.node.flow) || inFlow(parent));
}

/** A value that starts with ":" or holds flow indicators has to be quoted inside `{}` and `[]`. */
function asFlow(yaml: string): string {
  const entry = /^([\w.-]+): (.+)$/.exec(yaml);
  if (entry && !/^["'{[]/.test(entry[2] ?? ""))
    return `${entry[1]}: ${/[:,[\]{}]/.test(entry[2] ?? "") ? JSON.stringify(entry[2]) : entry[2]}`;
  return entry || !/^[^"'{[].*[:,]/.test(yaml) ? yaml : JSON.stringify(yaml);
}

function asItem(yaml: string): string {
  return `- ${yaml.replaceAll("\n", "\n  ")}`;
}

function insertLines(field: Field, at: number, lines: string, indent: string): Edit | undefined {
  const { source } = field.resource;
  const newline = newlineAt(source, at);
  const text = lines
    .split("\n")
    .map((line) => (line === "" ? "" : indent + line))
    .join(newline);
  const atLineStart = at === 0 || source[at - 1] === "\n";
  return field.resource.edit(at, at, atLineStart ? text + newline : newline + text);
}

/** As the line above ends, or the first line of all. */
function newlineAt(source: string, at: number): string {
  const above = source.lastIndexOf("\n", at - 1);
  return source[(above < 0 ? source.indexOf("\n") : above) - 1] === "\r" ? "\r\n" : "\n";
}

/** Offset of an entry's key or of an item's dash. */
function blockStart(field: Field): number {
  const { node, parent, resource } = field;
  if (parent?.node.kind === "map")
    return parent.node.pairs.find(({ value }) => value === node)?.key.start ?? node.start;
  for (let at = node.start - (node.start === node.end ? 0 : 1); at >= 0; at--) {
    if (resource.source[at] === "-" && /^$|\s/.test(resource.source[at - 1] ?? "")) return at;
  }
  return node.start;
}

/** Behind the last line that belongs to a node, its comment on that line included. */
function blockEnd(source: string, node: Node): number {
  if (source[node.end - 1] === "\n") return node.end;
  const newline = source.indexOf("\n", node.end);
  return newline < 0 ? source.length : newline + 1;
}

function lineStart(source: string, at: number): number {
  return source.lastIndexOf("\n", at - 1) + 1;
}

function entryNode({ key, value }: { key: Node; value: Node }): Range {
  return { start: key.start, end: Math.max(key.end, value.end) };
}

function removeFromFlow(field: Field, siblings: readonly Range[]): Edit | undefined {
  const index = siblings.findIndex(({ start, end }) => start <= field.node.start && field.node.end <= end);
  const own = siblings[index];
  if (!own) return undefined;
  const next = siblings[index + 1];
  const before = siblings[index - 1];
  if (next) return field.resource.edit(own.start, next.start, "");
  return field.resource.edit(before ? before.end : own.start, own.end, "");
}
