import type { Argv } from "./commands.ts";

export interface Task {
  /** `Service shop/web to both families` */
  readonly title: string;
  readonly why: string;
  /** Empty where a person has to decide or edit. */
  readonly commands: readonly Argv[];
  /** What the one command reads on its standard input. */
  readonly input?: string;
  /** What is interrupted by it; absent if nothing is. */
  readonly interrupts?: string;
  /** What shows that it holds. */
  readonly watch?: string;
  readonly undo?: Argv;
  readonly undoInput?: string;
}

/** The first of several names. */
export function someNames(texts: readonly string[]): string {
  return texts.length > 3 ? `${texts.slice(0, 3).join(", ")} and ${texts.length - 3} more` : texts.join(", ");
}
