import type { Subject } from "#core/diagnosis/diagnosis.ts";

/** What rows stand for together, or a line above an object. */
export interface Clicked {
  readonly clicked: Subject;
}
