import { shortSubject } from "#core/report/names.ts";
import { l10n } from "../l10n.ts";
import { note, type Row } from "../tree/row.ts";
import type { HistoryEntry } from "./history.ts";

/** The list of diagnoses, the latest first. */
export function historyRows(entries: readonly HistoryEntry[]): readonly Row[] {
  return entries.map((entry): Row => {
    const { id, context, subject, causes, stopped } = entry;
    return {
      id: `diagnosis/${id}`,
      label: shortSubject(subject),
      description: [inWords(entry), timeOf(entry), context].join(" \u00b7 "),
      ...iconOf(entry),
      tooltip: [l10n`Context ${context}, ${new Date(entry.startedAt).toLocaleString()}`, ...causes, stopped]
        .filter(Boolean)
        .join("\n"),
      menu: "diagnosis",
      click: "kube-ipv6.openDiagnosis",
    };
  });
}

/** The id of the diagnosis a row stands for. */
export function diagnosisOf({ id }: Row): string | undefined {
  return /^diagnosis\/(.+)$/.exec(id)?.[1];
}

/** Where there is none yet, the view says so itself. */
export const loadingRow: Row = note("diagnosis", "Reading ...", { icon: "loading~spin" });

function inWords({ conclusions, stopped }: HistoryEntry): string {
  if (stopped !== undefined) return l10n`no conclusion`;
  return conclusions.map(({ family, state }) => `${family} ${state === "open" ? "?" : state}`).join(", ");
}

/** Today the time is enough. */
function timeOf({ startedAt }: HistoryEntry): string {
  const time = new Date(startedAt);
  const short = time.toTimeString().slice(0, 5);
  return time.toDateString() === new Date().toDateString() ? short : `${time.toLocaleDateString()} ${short}`;
}

function iconOf({ conclusions, stopped }: HistoryEntry): Pick<Row, "icon" | "tone"> {
  if (conclusions.some(({ state }) => state === "fails")) return { icon: "error", tone: "error" };
  const works = stopped === undefined && conclusions.some(({ state }) => state === "works");
  return works ? { icon: "pass", tone: "good" } : { icon: "question" };
}
