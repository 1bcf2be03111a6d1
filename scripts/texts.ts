/** A text literal of a source file. */
export interface Literal {
  /** Offsets of its quotes, the end behind the last one. */
  readonly start: number;
  readonly end: number;
  /** What stands before a template: `html`, `l10n`; "" where nothing does. */
  readonly tag: string;
  /** Between what is put into it; one for a plain text. Escapes are as they are written. */
  readonly parts: readonly string[];
}

/** All text literals of a program, those inside of templates too, in the order of their ends. */
export function literalsOf(source: string): readonly Literal[] {
  const found: Literal[] = [];
  read(source, 0, found, false);
  return found;
}

/** What a program shows where it has `l10n` before a text: with {0} for what is put into it. */
export function messagesOf(source: string): readonly string[] {
  return literalsOf(source)
    .filter(({ tag }) => tag === "l10n")
    .map(({ parts }) => parts.map(unescaped).reduce((all, part, index) => `${all}{${index - 1}}${part}`));
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, other: string) =>
    code === undefined ? ({ n: "\n", t: "\t" }[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Reads code up to its end, or up to the brace that closes what is put into a template. Returns the offset behind it. */
function read(source: string, from: number, found: Literal[], inside: boolean): number {
  let depth = 0;
  let at = from;
  while (at < source.length) {
    const two = source.slice(at, at + 2);
    const one = two[0];
    if (two === "//") at = after(source, "\n", at);
    else if (two === "/*") at = after(source, "*/", at);
    else if (one === '"' || one === "'") {
      const end = endOfPlain(source, at);
      found.push({ start: at, end, tag: "", parts: [source.slice(at + 1, end - 1)] });
      at = end;
    } else if (one === "`") at = template(source, at, found);
    else if (one === "/" && /[(,=:[!&|?{};\n]\s*$|\breturn $/.test(source.slice(Math.max(0, at - 40), at)))
      at = endOfPattern(source, at);
    else {
      if (one === "{") depth++;
      if (one === "}" && depth-- === 0 && inside) return at + 1;
      at++;
    }
  }
  return at;
}

function template(source: string, start: number, found: Literal[]): number {
  const tag = /[\w$]+$/.exec(source.slice(Math.max(0, start - 20), start))?.[0] ?? "";
  const parts: string[] = [];
  let part = start + 1;
  let at = part;
  while (source[at] !== "`" && at < source.length) {
    if (source[at] === "\\") at += 2;
    else if (source.slice(at, at + 2) === "${") {
      parts.push(source.slice(part, at));
      at = read(source, at + 2, found, true);
      part = at;
    } else at++;
  }
  parts.push(source.slice(part, at));
  found.push({ start, end: at + 1, tag, parts });
  return at + 1;
}

function after(source: string, what: string, from: number): number {
  const at = source.indexOf(what, from);
  return at < 0 ? source.length : at + what.length;
}

function endOfPlain(source: string, start: number): number {
  let at = start + 1;
  while (source[at] !== source[start] && at < source.length) at += source[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** A regular expression, whose classes may hold a slash. */
function endOfPattern(source: string, start: number): number {
  let inClass = false;
  let at = start + 1;
  for (; at < source.length && (inClass || source[at] !== "/"); at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "[") inClass = true;
    else if (source[at] === "]") inClass = false;
  }
  return at + 1;
}
