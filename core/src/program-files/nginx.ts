import { type Directive, type DirectiveWord, deepest, type Token, tokens } from "./directive.ts";

/**
 * The directives of an nginx configuration, or of a part that another file includes. What has no semicolon ends at the
 * brace that closes its block. {@link https://nginx.org/en/docs/beginners_guide.html#conf_structure}
 */
export function parseNginx(text: string): readonly Directive[] {
  return directives(
    tokens(text, true).filter(({ kind }) => kind !== "newline"),
    { at: 0 },
    0,
  );
}

/** What stands deeper than {@link deepest} is read as if it stood there: nobody nests so, and no stack holds it. */
function directives(all: readonly Token[], cursor: { at: number }, depth: number): Directive[] {
  const found: Directive[] = [];
  let words: DirectiveWord[] = [];
  while (cursor.at < all.length) {
    const token = all[cursor.at++] as Token;
    if (token.kind === "word") {
      words.push(token);
      continue;
    }
    if (token.kind === "}") break;
    const [name, ...args] = words;
    words = [];
    const block = token.kind === "{" && depth < deepest ? directives(all, cursor, depth + 1) : undefined;
    const end = block ? (all[cursor.at - 1]?.end ?? token.end) : token.end;
    if (name) found.push({ name, args, block, end });
  }
  return found;
}
