import { stderr, stdin, stdout } from "node:process";
import { withoutLogCommands } from "#core/text/log-commands.ts";
import { printable, printableLines } from "#core/text/printable.ts";

/** Where it all goes. */
const sink = {
  out: (text: string): unknown => stdout.write(text),
  err: (text: string): unknown => stderr.write(text),
};

/** Lets everything go elsewhere, for whoever runs a command within another program; returns what undoes it. */
export function redirect(elsewhere: typeof sink): () => void {
  const before = { ...sink };
  Object.assign(sink, elsewhere);
  return () => void Object.assign(sink, before);
}

/**
 * The one place that writes to a terminal or the log of a CI job: whatever others put into a text arrives there as text.
 * Writers of several lines make the words of others printable where they get them, since a line break is lost here.
 */
export const terminal = {
  /** Whether standard output is a terminal, where colours help. */
  colors: stdout.isTTY === true,

  /** Whether somebody can be asked. */
  get asks(): boolean {
    return stdin.isTTY === true && stderr.isTTY === true;
  },

  /** Asks a person who sits there; false for everything that is no yes, an interruption too. */
  async agrees(question: string, signal: AbortSignal): Promise<boolean> {
    // Hardly anybody is asked: it would be loaded at every start.
    const { createInterface } = await import("node:readline/promises");
    const asking = createInterface({ input: stdin, output: stderr });
    asking.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    try {
      return /^y(es)?$/i.test((await asking.question(`${printable(question)} [y/N] `, { signal })).trim());
    } catch {
      return false;
    } finally {
      asking.close();
    }
  },

  /** A text for people, on standard output. Of escape sequences only our own colours pass, and only to a terminal. */
  print(text: string): void {
    sink.out(harmless(text, terminal.colors));
  },

  /** What other programs read, escaped by its own rules already, on standard output. */
  printData(text: string): void {
    sink.out(text);
  },

  /** One sentence on standard error. */
  complain(sentence: string): void {
    sink.err(`${withoutLogCommands(printable(sentence))}\n`);
  },

  /** A text of ours, a usage for instance, on standard error. */
  explain(text: string): void {
    sink.err(harmless(text, false));
  },

  /** A line that the next one replaces, cut to the width of the terminal; nothing where standard error is none. */
  progress(line: string): void {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${printable(line).slice(0, (stderr.columns ?? 80) - 1)}`);
  },
} as const;

const escapeCharacter = String.fromCharCode(0x1b);
const ownColors = new RegExp(`(${escapeCharacter}\\[(?:0|1|2|31|32|33|36)m)`);

function harmless(text: string, colors: boolean): string {
  const parts = colors ? text.split(ownColors) : [text];
  return withoutLogCommands(parts.map((part, index) => (index % 2 === 1 ? part : printableLines(part))).join(""));
}
