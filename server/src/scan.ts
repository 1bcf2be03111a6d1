import type { Builds } from "#core/kustomize/builds.ts";
import type { Bytes, Prefilter } from "#core/lint/prefilter.ts";
import type { Workspace } from "#core/lint/workspace.ts";
import type { Preferences } from "./preferences.ts";
import type { Store } from "./store.ts";

/** Work that goes on in steps, in slices of so many milliseconds. */
const slice = 4;

/**
 * Turns of the event loop between two slices. A question takes some: it is read in one, handled in the next, answered in
 * another. So it waits for one slice, not for one in each of these.
 */
const turns = 4;

/** Runs a generator in slices between which the event loop turns. Resolves to false if it was given up. */
export async function inSlices(steps: Generator<unknown>, goesOn: () => boolean): Promise<boolean> {
  for (;;) {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (!goesOn()) {
      // What it has borrowed is given back.
      steps.return(undefined);
      return false;
    }
    if (oneSlice(steps)) return true;
  }
}

/** Runs a generator for one slice, at once; true if it has come to its end. */
export function oneSlice(steps: Iterator<unknown>): boolean {
  const until = performance.now() + slice;
  do if (steps.next().done) return true;
  while (performance.now() < until);
  return false;
}

export interface Shelf {
  /** The folders that are open. */
  readonly folders: readonly string[];
  readonly workspace: Workspace;
  readonly prefilter: Prefilter;
  readonly preferences: Preferences;
  readonly store: Store;
  /** What becomes of the files. */
  readonly builds: Builds;
  isOpen(name: string): boolean;
  /** There is no room for a file beside the others. */
  leave(name: string): void;
}

/** Reads every manifest below the folders that is not open in the editor, at most one document a step. */
export function* scan(folders: readonly string[], shelf: Shelf): Generator<void> {
  for (const folder of folders)
    for (const name of shelf.store.below(folder)) {
      if (name !== undefined && shelf.workspace.file(name) === undefined) yield* load(name, shelf);
      yield;
    }
}

/** The same for a file of which there is word, if the scan would come to it. */
export function* reload(name: string, shelf: Shelf): Generator<void> {
  if (shelf.folders.some((folder) => shelf.store.isBelow(folder, name))) yield* load(name, shelf);
}

/** Takes a file from where it is read into the workspace, or out of it if it is gone or there is nothing in it for any rule. */
function* load(name: string, shelf: Shelf): Generator<void> {
  const { workspace, preferences, store, prefilter, builds } = shelf;
  builds.know(name);
  const make = (bytes: Bytes) =>
    prefilter.reading(bytes, { name, patch: preferences.isPatch(name), fills: builds.fills });
  const read = preferences.excludes(name) ? undefined : yield* store.taking(name, make);
  // It may have been opened in the meantime: what the editor holds comes first.
  if (shelf.isOpen(name)) return;
  workspace.close(name);
  if (read === undefined) return;
  if (typeof read === "string" || workspace.hasRoom(read)) workspace.open(name, read);
  else shelf.leave(name);
}
