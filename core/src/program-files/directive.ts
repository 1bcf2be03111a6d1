/** A word of a configuration file, quotes taken off; offsets count in the file's text and include the quotes. */
export interface DirectiveWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A name, its arguments, and the directives in the braces behind them. */
export interface Directive {
  readonly name: DirectiveWord;
  readonly args: readonly DirectiveWord[];
  /** undefined without braces. */
  readonly block: readonly Directive[] | undefined;
  /** Behind its last word or its semicolon, or behind its closing brace. */
  readonly end: number;
}

/** How many blocks may stand in each other. */
export const deepest = 100;

/** Every directive of a tree with those that hold it, the outermost first. */
export function* walk(
  directives: readonly Directive[],
  within: readonly Directive[] = [],
): Generator<{ readonly directive: Directive; readonly within: readonly Directive[] }> {
  for (const directive of directives) {
    yield { directive, within };
    yield* walk(directive.block ?? [], [...within, directive]);
  }
}

export interface Token extends DirectiveWord {
  /** What stands between the words: a brace, a semicolon, the end of a line. Quoted text is always a word. */
  readonly kind: "word" | "{" | "}" | ";" | "newline";
}

/**
 * Words, braces, semicolons and line ends of a text in which `#` begins a comment and quotes hold a word together. With
 * `glued`, braces and semicolons end a word (nginx); without, they are words of their own only between blanks (Corefile).
 */
export function tokens(text: string, glued: boolean): readonly Token[] {
  const pattern = glued
    ? /(\r?\n)|(#[^\n]*)|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([{};])|((?:[^\s{};"'\\$]|\\.|\$\{[^}\s]*\}|\$)(?:[^\s{};\\$]|\\.|\$\{[^}\s]*\}|\$)*)/g
    : /(\r?\n)|(#[^\n]*)|"((?:[^"\\]|\\[\s\S])*)"|(?:(?!))()|([{}])(?=\s|$)|(\S+)/g;
  const found: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const [whole, newline, comment, double, single, mark, plain] = match;
    if (comment !== undefined) continue;
    const kind = newline ? "newline" : mark ? (mark as "{" | "}" | ";") : "word";
    const content = plain ?? double ?? single ?? whole;
    found.push({ kind, text: content, start: match.index, end: match.index + whole.length });
  }
  return found;
}
