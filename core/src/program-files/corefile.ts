import { isCorefilePart } from "../manifest/embedded.ts";
import { type Directive, type DirectiveWord, deepest, type Token, tokens } from "./directive.ts";

/** One server of a Corefile. {@link https://coredns.io/manual/toc/#configuration} */
export interface CoreServer {
  /** `.:53`, `cluster.local` ... as written. */
  readonly keys: readonly DirectiveWord[];
  /** Without the entries of other servers' imports. */
  readonly plugins: readonly Directive[];
}

/** The servers of a Corefile; snippets (`(name) { }`) are servers without an address. What cannot be read is left out. */
export function parseCorefile(text: string): readonly CoreServer[] {
  const stream = new Stream(tokens(text, false));
  if (isCorefilePart(text)) return [{ keys: [], plugins: directives(stream, 0) }];
  const servers: CoreServer[] = [];
  while (!stream.done) {
    const { words, opens } = stream.line();
    if (!opens) continue;
    servers.push({ keys: words, plugins: directives(stream, 0) });
  }
  return servers;
}

/** The port a server listens on, 53 when none is written; undefined for other transports such as `tls://`. */
export function portOf({ keys: [key] }: CoreServer): number | undefined {
  const [, scheme, port] = /^(?:(\w+):\/\/)?.*?(?::(\d+))?,?$/.exec(key?.text ?? "") ?? [];
  return scheme === undefined || scheme === "dns" ? Number(port ?? 53) : undefined;
}

/** The zones of a server, without scheme and port. */
export function zonesOf({ keys }: CoreServer): readonly string[] {
  return keys.map(({ text }) => text.replace(/^\w+:\/\//, "").replace(/(?::\d+)?,?$/, ""));
}

/** What stands deeper than {@link deepest} is read as if it stood there. */
function directives(stream: Stream, depth: number): Directive[] {
  const found: Directive[] = [];
  while (!stream.done) {
    const { words, opens, closes } = stream.line();
    const [name, ...args] = words;
    const block = opens && depth < deepest ? directives(stream, depth + 1) : undefined;
    if (name) found.push({ name, args, block, end: opens ? stream.last : (words.at(-1)?.end ?? name.end) });
    if (closes) return found;
  }
  return found;
}

class Stream {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Behind the last token read. */
  last = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The words up to the end of the line, a brace that opens a block, or one that closes it. */
  line(): { words: DirectiveWord[]; opens: boolean; closes: boolean } {
    const words: DirectiveWord[] = [];
    for (; !this.done; this.#at++) {
      const token = this.#tokens[this.#at] as Token;
      if (token.kind === "word") {
        words.push(token);
        continue;
      }
      this.#at++;
      if (token.kind !== "newline") this.last = token.end;
      else if (words.length === 0) {
        this.#at--;
        continue;
      }
      return { words, opens: token.kind === "{", closes: token.kind === "}" };
    }
    return { words, opens: false, closes: true };
  }
}
