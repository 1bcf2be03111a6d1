import type { KubeObject } from "#core/cluster/cluster.ts";
import { l10n } from "../l10n.ts";
import type { Followed } from "./following.ts";
import { refusalRow } from "./refusal.ts";
import { note, type Row } from "./row.ts";

/** The rows of a list; or one row that says it is being asked for, that it was refused, or that it is empty. */
export function listRows(
  id: string,
  { answer }: Followed,
  none: string,
  shape: (objects: readonly KubeObject[]) => readonly Row[],
): readonly Row[] {
  if (answer === undefined) return [asking(id)];
  if (!answer.ok) return [refusalRow(id, answer.refusal)];
  const rows = shape(answer.value);
  return rows.length > 0 ? rows : [note(`${id}/none`, none, { icon: "info" })];
}

export function asking(id: string): Row {
  return note(`${id}/asking`, l10n`Asking the cluster ...`, { icon: "loading~spin" });
}

/** "3" once the list is known, else nothing. */
export function countText({ answer }: Followed): string {
  return answer?.ok ? String(answer.value.length) : "";
}
