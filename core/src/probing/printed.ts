import { type Answer, answered, refused } from "../cluster/cluster.ts";
import type { Piece } from "./records.ts";
import type { ProgramWant } from "./want.ts";

/** What a program of the container printed. */
export interface Printed {
  readonly text: string;
  /** There was more of it than is read; what is not in the text may be in the rest. */
  readonly cut: boolean;
}

/**
 * Of the records of one exec. A program that was ended because its time was over has said nothing that counts, unless it was to tell of
 * what happens meanwhile: then it has to have gone on to the end.
 */
export function readProgram(records: readonly Piece[], index: number, want: ProgramWant): Answer<Printed> {
  const { names, seconds, most, during } = want;
  const [name] = names;
  const error = records.find((one) => one.kind === "E" && one.name === `program ${index}`);
  if (error) return whyNot(name, error.text);
  const begin = records.findIndex((one) => one.kind === "V" && one.name === `${index}`);
  const end = records.findIndex((one) => one.kind === "Q" && one.name === `${index}`);
  if (begin < 0 || end < begin)
    return refused("failed", `what ${name} says is not in the output: the command ended before it got there`);
  const text = records
    .slice(begin, end)
    .map((piece) => piece.text)
    .join("\n")
    .replace(/^\n/, "");
  const wasEnded = records[end]?.text.startsWith("late") === true;
  const cut = bytesOf(text) >= most;
  const words = shortly(text);
  if (during && !wasEnded && !cut) return refused("failed", `${name} ended before the dial did: ${words}`);
  if (!during && wasEnded) return refused("timeout", `${name} did not end within ${seconds} s`);
  return answered({ text, cut });
}

/** The line of an output that says most of why it is none: the first that is not empty, without control characters. */
export function shortly(text: string): string {
  const line = text.split("\n").find((one) => one.trim() !== "") ?? "it printed nothing";
  return line
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 200);
}

function whyNot(name: string, why: string): Answer<never> {
  if (why.startsWith("no room"))
    return refused("no-room", `the container has too little memory, or too few processes, left for ${name}`);
  return refused("no-command", why === "not found" ? `the container has no ${name}` : `${name} was not run: ${why}`);
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const { length, 0: first = "" } of text) {
    const unit = first.charCodeAt(0);
    bytes += length === 2 ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
