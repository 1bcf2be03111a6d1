import { applyEdits } from "./apply.ts";
import type { Edit } from "./edit.ts";
import type { Range } from "./field.ts";

/** Edits that belong together, and whose they are. Offsets are those of the text before any edit. */
export interface OwnedEdits<Owner> {
  readonly owners: readonly Owner[];
  readonly edits: readonly Edit[];
}

/** A text with changes made to it one after another, all of them known as edits of what it was at first. */
export class Rewrite<Owner> {
  readonly before: string;
  readonly changes: readonly OwnedEdits<Owner>[];
  readonly text: string;
  /** What was written, as it stands in the text now, in order. */
  readonly #written: readonly Written[];

  constructor(before: string, changes: readonly OwnedEdits<Owner>[] = []) {
    this.before = before;
    this.changes = changes;
    const edits = changes.flatMap(({ edits }, change) => edits.map((edit) => ({ edit, change })));
    edits.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end);
    this.text = applyEdits(
      before,
      edits.map(({ edit }) => edit),
    );
    let moved = 0;
    this.#written = edits.map(({ edit, change }) => {
      const start = edit.start + moved;
      moved += edit.text.length - (edit.end - edit.start);
      return { start, end: start + edit.text.length, edit, change };
    });
  }

  /** Where a range of the text stood before; undefined if it touches what was written. */
  placeBefore(range: Range): Range | undefined {
    if (this.#written.some((written) => touch(written, range))) return undefined;
    return { start: this.#origin(range.start), end: this.#origin(range.end) };
  }

  /** True if one edit touches the first range, as it was before, and the second, as it is now. */
  wrote(before: Range, now: Range): boolean {
    return this.#written.some((written) => touch(written, now) && touch(written.edit, before));
  }

  /** With more changes made, whose edits count in the text as it is now and do not touch each other; what touches becomes one. */
  and(more: readonly OwnedEdits<Owner>[]): Rewrite<Owner> {
    const all = [...this.changes, ...more];
    const groups = new Groups(all.length);
    const parts: Part[] = [
      ...this.#written.map(({ start, end, change }) => ({ start, end, change, edits: [] })),
      ...more.flatMap(({ edits }, index) =>
        edits.map((edit) => ({ ...edit, change: this.changes.length + index, edits: [edit] })),
      ),
    ].sort((a, b) => a.start - b.start || a.end - b.end);
    const joined: Part[] = [];
    for (const part of parts) {
      const last = joined.at(-1);
      if (!last || part.start > last.end) joined.push({ ...part });
      else {
        groups.join(last.change, part.change);
        last.end = Math.max(last.end, part.end);
        last.edits = [...last.edits, ...part.edits.filter((edit) => !last.edits.some((other) => same(edit, other)))];
      }
    }
    const edits = joined.map((part) => ({ group: groups.of(part.change), edit: this.#composed(part) }));
    const changes = groups.all().map(({ group, members }) => ({
      owners: members.flatMap((member) => all[member]?.owners ?? []),
      edits: edits.filter((each) => each.group === group).map(({ edit }) => edit),
    }));
    return new Rewrite(this.before, changes);
  }

  #composed({ start, end, edits }: Part): Edit {
    const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return {
      start: this.#origin(start),
      end: this.#origin(end, true),
      text: applyEdits(this.text.slice(start, end), moved),
    };
  }

  /** Of an offset that does not lie within what was written; `behind`: at its end is behind it. */
  #origin(offset: number, behind = false): number {
    let origin = offset;
    for (const { start, end, edit } of this.#written) {
      if (behind ? end > offset : start >= offset) break;
      if (end <= offset) origin = offset - end + edit.end;
    }
    return origin;
  }
}

function touch(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

interface Written extends Range {
  readonly edit: Edit;
  /** Its index. */
  readonly change: number;
}

interface Part {
  readonly start: number;
  end: number;
  readonly change: number;
  edits: readonly Edit[];
}

function same(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Numbers that were found to belong together. */
class Groups {
  readonly #first: number[];

  constructor(count: number) {
    this.#first = Array.from({ length: count }, (_, index) => index);
  }

  of(member: number): number {
    const first = this.#first[member] as number;
    return first === member ? member : this.of(first);
  }

  join(a: number, b: number): void {
    const [low, high] = [this.of(a), this.of(b)].sort((one, other) => one - other) as [number, number];
    this.#first[high] = low;
  }

  all(): { readonly group: number; readonly members: readonly number[] }[] {
    const members = this.#first.map((_, index) => index);
    return members
      .filter((member) => this.of(member) === member)
      .map((group) => ({ group, members: members.filter((member) => this.of(member) === group) }));
  }
}
