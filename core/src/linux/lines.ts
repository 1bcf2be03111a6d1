/** The lines of a file without the empty ones; every parser in this folder starts here. */
export function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** The words of a line; `/proc` separates with one or more blanks or tabs. */
export function words(line: string): string[] {
  return line.trim().split(/\s+/);
}

/** What stands in a file, line by line, blanks at both ends aside. */
export interface FileForm {
  /** The line above the others; a file that has one is never empty. */
  readonly first?: RegExp;
  readonly line: RegExp;
}
