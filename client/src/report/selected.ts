import { isRow } from "../tree/row.ts";
import { diagnosisOf } from "./rows.ts";

/** The ids of the diagnoses that are selected in their list, or of the one that was clicked on. */
export function selectedDiagnoses(argument: unknown, selected?: unknown): string[] {
  const rows = Array.isArray(selected) && selected.length > 0 ? selected : [argument];
  return rows.flatMap((row) => (isRow(row) ? (diagnosisOf(row) ?? []) : []));
}
