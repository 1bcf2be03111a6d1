import type { Command } from "./commands.ts";

export interface Task {
  /** `Service shop/web to both families` */
  readonly title: string;
  readonly why: string;
  /** Empty where a person has to decide or edit. */
  readonly commands: readonly Command[];
  /** What is interrupted by it; absent if nothing is. */
  readonly interrupts?: string;
  /** What shows that it holds. */
  readonly watch?: string;
  readonly undo?: Command;
}

/** The first of several names. */
export function some(texts: readonly string[]): string {
  return texts.length > 3 ? `${texts.slice(0, 3).join(", ")} and ${texts.length - 3} more` : texts.join(", ");
}
