import type { SyntaxProblem } from "./parsed.ts";

/**
 * UTF-16 units of a line. The API server takes no object of more than some megabytes, and what has its millions of values on one line was
 * written to be slow.
 */
const longest = 2_000_000;

/** The first line of a text that is too long to be looked at. */
export function tooLongLine(text: string): SyntaxProblem | undefined {
  if (text.length <= longest) return undefined;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > longest) return { start, end: start + 1, message: "a line of more than 2 million characters" };
    start = end + 1;
  }
  return undefined;
}
