import type { Range } from "../manifest/field.ts";

/** What a variable is. */
export interface Value {
  readonly name: string;
  /** "" for what nobody sets. */
  readonly text: string;
  /** Where it is from, for people: "ConfigMap cluster-settings in flux/vars.yaml"; "" for a default. */
  readonly where: string;
  /** It is not to be said, nor is a default that holds it. */
  readonly secret?: true;
}

/** A value in the place of a variable. */
export interface Filled {
  /** Where it stands in the text that was made. */
  readonly at: Range;
  /** Where the variable stands in the text that was written. */
  readonly from: Range;
  readonly value: Value;
}

export interface Substituted {
  /** As it was written. */
  readonly before: string;
  readonly text: string;
  /** In their order. */
  readonly filled: readonly Filled[];
}

/** undefined where it is not known what a variable is. */
export type ValueOf = (name: string) => Value | undefined;

/** The same as long as there is room: what comes after so many UTF-16 units of values is not known. */
export function upTo(most: number, lookUp: ValueOf): ValueOf {
  let left = most;
  return (name) => {
    const value = lookUp(name);
    left -= value?.text.length ?? 0;
    return left < 0 ? undefined : value;
  };
}

/**
 * What Flux makes of a text: `${VAR}`, `${VAR:=default}`, `${VAR:-default}`, `${VAR=default}`, with defaults that hold variables, and `$$` for
 * a dollar. undefined where it makes nothing else of it, where a value is not known or empty, and for all other functions.
 * {@link https://github.com/fluxcd/pkg/blob/main/envsubst/parse/parse.go}
 */
export function substituted(text: string, lookUp: ValueOf): Substituted | undefined {
  const filled: Filled[] = [];
  let made = "";
  let at = 0;
  for (let dollar = text.indexOf("$"); dollar >= 0; dollar = text.indexOf("$", at)) {
    made += text.slice(at, dollar);
    if (text[dollar + 1] === "{") {
      const read = variableAt(text, dollar, lookUp, 0);
      if (!read) return undefined;
      const start = made.length;
      made += read.value.text;
      filled.push({ at: { start, end: made.length }, from: { start: dollar, end: read.end }, value: read.value });
      at = read.end;
    } else {
      // The first of two dollars takes its meaning from what follows, and goes.
      const plain = /\$\$?\{?/y;
      plain.lastIndex = dollar;
      const [written = "$"] = plain.exec(text) ?? [];
      made += written.replace("$$", "$");
      at = dollar + written.length;
    }
  }
  return filled.length > 0 ? { before: text, text: made + text.slice(at), filled } : undefined;
}

/** Defaults within defaults: more are in no file that somebody wrote. */
const deepest = 8;

const variable = /\$\{([A-Za-z_]\w*)(\}|:[=-]|=)/y;

function variableAt(
  text: string,
  dollar: number,
  lookUp: ValueOf,
  depth: number,
): { readonly value: Value; readonly end: number } | undefined {
  variable.lastIndex = dollar;
  const [head, name = "", sign] = variable.exec(text) ?? [];
  const value = head === undefined || depth > deepest ? undefined : lookUp(name);
  if (head === undefined || !value) return undefined;
  let at = dollar + head.length;
  if (sign === "}") return value.text === "" ? undefined : { value, end: at };
  let otherwise = "";
  let hidden: Partial<Value> = {};
  while (text[at] !== "}") {
    if (at >= text.length) return undefined;
    const inner = text.startsWith("${", at) ? variableAt(text, at, lookUp, depth + 1) : undefined;
    if (!inner && text.startsWith("${", at)) return undefined;
    if (inner?.value.secret) hidden = { where: inner.value.where, secret: true };
    otherwise += inner?.value.text ?? text[at];
    at = inner?.end ?? at + 1;
  }
  if (value.text === "" && otherwise === "") return undefined;
  return { value: value.text === "" ? { name, text: otherwise, where: "", ...hidden } : value, end: at + 1 };
}

/** Those that a range of the text that was made touches. */
export function filledAt({ filled }: Substituted, { start, end }: Range): readonly Filled[] {
  return filled.filter(({ at }) => at.start < Math.max(end, start + 1) && start < at.end);
}

/** Where a range of the text that was made was written: all of a variable where it touches the value of one. */
export function writtenRange(made: Substituted, range: Range): Range {
  const touched = filledAt(made, range);
  const shifted = (offset: number) => {
    const before = made.filled.findLast(({ at }) => at.end <= offset);
    return before ? before.from.end + offset - before.at.end : offset;
  };
  const [first, last] = [touched[0], touched.at(-1)];
  const start = first && first.at.start <= range.start ? first.from.start : shifted(range.start);
  return { start, end: Math.max(start, last && range.end <= last.at.end ? last.from.end : shifted(range.end)) };
}
