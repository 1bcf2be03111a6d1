import type { Node } from "./node.ts";

/** What is wrong with the YAML itself, or was left out. Offsets from the start of the parsed text. */
export interface SyntaxProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface Parsed {
  /** One root a document; a chunk of text between two `---` lines normally holds one. */
  readonly roots: readonly Node[];
  readonly problems: readonly SyntaxProblem[];
  /** It holds `{{ }}`: what is absent may come from a template. */
  readonly templated: boolean;
  /** It is what could be made of broken text, so that what stands where is a guess. */
  readonly recovered?: true;
}
