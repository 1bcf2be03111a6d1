import type { Change, ObjectChanges } from "#core/cluster/changes.ts";
import { changeState, placeName, undo } from "#core/mends/make.ts";
import { changeWords } from "#core/mends/words.ts";
import { type Exit, UsageError } from "../command.ts";
import { terminal } from "../terminal.ts";

/** What is on record of this cluster, and how it stands there. */
export async function listChanges(changes: ObjectChanges): Promise<Exit> {
  const all = changes.records();
  for (const change of all) terminal.print(`${changeWords(change, await changeState(changes, change))}\n`);
  if (all.length === 0) terminal.print("No change of this cluster is on record here.\n");
  return 0;
}

export async function undoRecorded(changes: ObjectChanges, id: string): Promise<Exit> {
  const done = await undo(changes, found(changes, id));
  if ("not" in done) {
    terminal.complain(`kube-ipv6 fix: ${done.not}`);
    return 1;
  }
  terminal.print(`Undone: ${done.done}.\n`);
  return 0;
}

export function forgetChange(changes: ObjectChanges, id: string): Exit {
  const change = found(changes, id);
  changes.forget(id);
  terminal.print(
    `${change.place.kind} ${placeName(change)} is left as it is, and cannot be undone from here any more.\n`,
  );
  return 0;
}

function found(changes: ObjectChanges, id: string): Change {
  const change = changes.records().find((one) => one.id === id);
  if (!change) throw new UsageError(`no change "${id}" of this cluster is on record here: --list shows them`, []);
  return change;
}
