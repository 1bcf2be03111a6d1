import type { Refusal, RefusalReason } from "#core/cluster/cluster.ts";
import { l10n } from "../l10n.ts";
import type { Icon, Row } from "./row.ts";

/**
 * What could not be looked at, and below it why and what a user can do: an error is a row, never an empty tree. A row is one line that is
 * cut off at the edge of a narrow view, so sentences go over several.
 */
export function refusalRow(id: string, { reason, message, remedy }: Refusal): Row {
  const { label, icon } = words[reason];
  const lines = (of: string, text: string): Row[] =>
    wrapped(text).map((line, index) => ({ id: `${id}/${of}/${index}`, label: line, tooltip: text }));
  const [first, ...rest] = remedy === undefined ? [] : lines("remedy", remedy);
  const advice: Row[] = first ? [{ ...first, icon: "lightbulb" }, ...rest] : [];
  return {
    id: `${id}/refusal`,
    label,
    icon,
    tone: "error",
    tooltip: remedy === undefined ? message : `${message}\n\n${remedy}`,
    expanded: true,
    children: () => [...lines("message", message), ...advice],
  };
}

/** The same in the row of the context, in one line. */
export function refusedState({ reason, message }: Refusal): Pick<Row, "description" | "icon" | "tone"> {
  const { label, icon } = words[reason];
  return { description: `${label.toLowerCase()}: ${message}`, icon, tone: "error" };
}

/** Characters of a line in a side bar of ordinary width. */
const width = 32;

/** Lines of whole words; backticks mark code in other places and would only be seen here. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  const words = text.replaceAll("`", "").split(/\s+/);
  for (const word of words.flatMap((one) => one.match(new RegExp(`.{1,${width}}`, "gu")) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const words: Readonly<Record<RefusalReason, { label: string; icon: Icon }>> = {
  unauthorized: { label: l10n`Not signed in`, icon: "lock" },
  forbidden: { label: l10n`Forbidden`, icon: "lock" },
  "not-found": { label: l10n`Not found`, icon: "question" },
  absent: { label: l10n`No such file`, icon: "question" },
  unreachable: { label: l10n`Unreachable`, icon: "debug-disconnect" },
  tls: { label: l10n`Certificate not accepted`, icon: "lock" },
  timeout: { label: l10n`No answer in time`, icon: "debug-disconnect" },
  cancelled: { label: l10n`Cancelled`, icon: "question" },
  "no-command": { label: l10n`No such program`, icon: "question" },
  "no-room": { label: l10n`No room in the container`, icon: "question" },
  "not-running": { label: l10n`Not running`, icon: "question" },
  config: { label: l10n`Kubeconfig cannot be used`, icon: "error" },
  unsupported: { label: l10n`Not served by this cluster`, icon: "question" },
  failed: { label: l10n`Could not look`, icon: "error" },
};
