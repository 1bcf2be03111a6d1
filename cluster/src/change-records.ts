import type { Change } from "#core/cluster/changes.ts";
import { isAtWork } from "./owner-process.ts";
import { RecordFolder, stateFolder } from "./record-folder.ts";

/** What changes of objects are on record on this machine. */
export function changeRecords(folder = stateFolder("changes")): RecordFolder<Change> {
  return new RecordFolder<Change>(folder, ({ id }) => id);
}

/** Those that somebody who is gone has left half-done: nobody has seen what came of them. */
export function halfDone(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ phase, process: owner }) => phase !== "kept" && !isAtWork(owner));
}
