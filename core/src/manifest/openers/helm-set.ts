import type { Field } from "../field.ts";
import { Pieced } from "../pieced.ts";
import { type Perhaps, values } from "./opener.ts";

/** Somewhere in a line there is one of helm's commands that takes values, or cilium's, which hands them on. */
const runsHelm = /\b(?:helm\s{1,99}(?:[\w-]{1,60}\s{1,99}){0,9}?(?:install|upgrade|template)|cilium\s+install)\b/;

/** Values from elsewhere come with those of the line. */
const more = /\s(?:-f|--values|--reuse-values|--reset-then-reuse-values|--set-(?:file|json|literal))(?=[\s=]|$)/;

const given = /\s--set(?:-string)?(?:=|\s+)["']?([\w.[\]-]+)=["']?(\{[^}\n"']{0,2000}\}|(?!\{)[^\s"',\\]*)/g;
/** A further pair behind a comma, in the same option. */
const another = /["']?,([\w.[\]-]+)=["']?(\{[^}\n"']{0,2000}\}|(?!\{)[^\s"',\\]*)/y;

interface Given {
  readonly keys: readonly (string | number)[];
  readonly start: number;
  readonly text: string;
}

/**
 * What a line of a script sets of a chart's values, if that is all of them and nothing of it is a variable.
 * {@link https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set}
 */
export function valuesOfLine(field: Field, from: number, line: string): readonly Perhaps[] {
  if (!runsHelm.test(line) || more.test(line)) return [];
  const all = [...line.matchAll(given)].flatMap((match) => pairsFrom(line, match));
  if (all.length === 0 || all.some(({ text }) => text.includes("$") || text.includes("`"))) return [];
  const made = new Pieced();
  write(made, field, from, all, "");
  return [{ field, as: values, made: made.file(field, "Yaml") }];
}

function pairsFrom(line: string, first: RegExpExecArray): Given[] {
  const found: Given[] = [];
  for (let match: RegExpExecArray | null = first; match; ) {
    const [whole, name = "", text = ""] = match;
    const end = match.index + whole.length;
    found.push({ keys: keysOf(name), start: end - text.length, text });
    another.lastIndex = end;
    match = another.exec(line);
  }
  return found;
}

function keysOf(name: string): readonly (string | number)[] {
  return [...name.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([whole, index]) =>
    index === undefined ? whole : Number(index),
  );
}

/** Of two values for one key the later counts. */
function write(made: Pieced, field: Field, from: number, all: readonly Given[], indent: string): void {
  for (const [key, own] of Map.groupBy(all, ({ keys }) => keys[0] ?? "")) {
    const leaf = own.findLast(({ keys }) => keys.length === 1);
    made.add(`${indent}${typeof key === "number" ? "-" : `${JSON.stringify(key)}:`}`);
    if (leaf) writeLeaf(made, field, from, leaf);
    else {
      made.add("\n");
      const below = own.map((one) => ({ ...one, keys: one.keys.slice(1) }));
      write(made, field, from, below, `${indent}  `);
    }
  }
}

function writeLeaf(made: Pieced, field: Field, from: number, { start, text }: Given): void {
  if (!text.startsWith("{")) {
    scalar(made.add(" "), field, from + start, text);
    made.add("\n");
    return;
  }
  made.add(" [");
  let at = start + 1;
  for (const part of text.slice(1, -1).split(",")) {
    scalar(made, field, from + at, part);
    made.add(", ");
    at += part.length + 1;
  }
  made.add("]\n");
}

function scalar(made: Pieced, field: Field, start: number, text: string): void {
  const end = start + text.length;
  if (!/^[\w.:/%@+-]*$/.test(text)) made.add('""');
  else if (/^(?:true|false|null|\d+)$/.test(text)) made.take(field, start, end);
  else made.takeQuoted(field, start, end);
}
