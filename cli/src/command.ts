/** 0 nothing found, 1 findings, 2 wrong usage, 3 could not look. */
export type Exit = 0 | 1 | 2 | 3;

export interface CliCommand {
  /** Ends with a newline. */
  readonly usage: string;
  run(args: readonly string[]): Promise<Exit>;
}

/** Wrong usage: the message goes to standard error and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** Lines to be said with it, instead of the usage. */
  readonly besides: readonly string[];

  constructor(message: string, besides: readonly string[] = []) {
    super(message);
    this.besides = besides;
  }
}

/** By its name, since each command is bundled with a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === "UsageError";
}

declare global {
  /** From package.json, put in by the bundler. */
  const __VERSION__: string;
}

/** Run from its sources, without the bundler, it has none. */
export const version = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-source";
