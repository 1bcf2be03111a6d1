import type { Edit } from "./edit.ts";
import type { Range } from "./field.ts";
import { actionsIn } from "./template.ts";

/** The actions of a template, and the branches and loops that they open and shut. {@link https://pkg.go.dev/text/template#hdr-Actions} */
export class TemplateBlocks {
  readonly #actions: readonly Action[];

  constructor(text: string) {
    this.#actions = placed(text);
  }

  /** The edits stand in one branch with `at`, and none takes a part of an action away, or one that opens or shuts a branch. */
  leaves(edits: readonly Edit[], at: Range): boolean {
    const branch = this.#branchAt(at.start);
    return edits.every(({ start, end }) => {
      if (this.#branchAt(start) !== branch || this.#branchAt(end) !== branch) return false;
      for (let index = this.#passed(start); index < this.#actions.length; index++) {
        const action = this.#actions[index] as Action;
        if (end <= action.start) break;
        if (!isWhole(action, start, end)) return false;
      }
      return true;
    });
  }

  /** A number for the innermost branch or loop around an offset; 0 outside of all. */
  #branchAt(offset: number): number {
    return this.#actions[this.#passed(offset) - 1]?.inner ?? 0;
  }

  /** How many actions end at or before an offset. */
  #passed(offset: number): number {
    let low = 0;
    for (let high = this.#actions.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.#actions[middle] as Action).end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Action extends Range {
  readonly turns: boolean;
  /** The branch behind it. */
  readonly inner: number;
}

function isWhole({ start, end, turns }: Action, from: number, to: number): boolean {
  return from <= start && end <= to && !turns;
}

function placed(text: string): readonly Action[] {
  const open: number[] = [0];
  let last = 0;
  return actionsIn(text).map(({ start, end }) => {
    const word = /^\{\{-?\s*(if|with|range|define|block|else|end)\b/.exec(
      text.slice(start, Math.min(end, start + 40)),
    )?.[1];
    if (word !== undefined && word !== "end") {
      if (word === "else") open.pop();
      open.push(++last);
    } else if (word === "end" && open.length > 1) open.pop();
    return { start, end, turns: word !== undefined, inner: open.at(-1) ?? 0 };
  });
}
