import type { Refusal, RefusalReason } from "#core/cluster/cluster.ts";
import { l10n } from "../l10n.ts";
import { type Icon, note, type Row, type Tone } from "./row.ts";

/**
 * What could not be looked at, and below it why and what a user can do: an error is a row, never an empty tree. A row is one line that is
 * cut off at the edge of a narrow view, so sentences go over several.
 */
export function refusalRow(id: string, { reason, message, remedy }: Refusal): Row {
  const { label, icon, tone = "error" } = words[reason];
  const lines = (of: string, text: string): Row[] =>
    wrapped(text).map((line, index) => ({ id: `${id}/${of}/${index}`, label: line, tooltip: text }));
  const [first, ...rest] = remedy === undefined ? [] : lines("remedy", remedy);
  const advice: Row[] = first ? [{ ...first, icon: "lightbulb" }, ...rest] : [];
  return {
    id: `${id}/refusal`,
    label,
    icon,
    tone,
    tooltip: remedy === undefined ? message : `${message}\n\n${remedy}`,
    expanded: true,
    children: () => [...lines("message", message), ...advice],
  };
}

/** The same of a whole cluster or kubeconfig: below it stands what can be done about it, a click each. */
export function stuckRows(id: string, refusal: Refusal): readonly Row[] {
  const again = note(`${id}/again`, l10n`Try again`, { icon: "refresh", click: "kube-ipv6.refresh" });
  const trust = note(`${id}/trust`, l10n`Manage Workspace Trust`, { icon: "shield", click: "workbench.trust.manage" });
  const first = refusal.reason === "untrusted" ? trust : again;
  return [refusalRow(id, refusal), first, ...otherKubeconfigRows(id)];
}

/** To mend the kubeconfig, to take another, or none. */
export function otherKubeconfigRows(id: string): readonly Row[] {
  return [
    note(`${id}/open`, l10n`Open the kubeconfig`, { icon: "edit", click: "kube-ipv6.openKubeconfig" }),
    note(`${id}/choose`, l10n`Choose another kubeconfig ...`, {
      icon: "folder-opened",
      click: "kube-ipv6.chooseKubeconfig",
    }),
    note(`${id}/demo`, l10n`Open the demo cluster`, { icon: "beaker", click: "kube-ipv6.openDemo" }),
  ];
}

/** The same in the row of the context, in one line: why comes first, what was asked is in its rows. */
export function refusedState({ reason, message }: Refusal): Pick<Row, "description" | "icon" | "tone"> {
  const { label, icon, tone = "error" } = words[reason];
  return { description: `${label.toLowerCase()}: ${whyOf(message)}`, icon, tone };
}

/** "127.0.0.1:1 refused the connection" of "Cannot list nodes in the cluster: 127.0.0.1:1 refused the connection" */
export function whyOf(message: string): string {
  return message.replace(/^Cannot [^:]*: (?=.)/s, "");
}

/** Characters of a line in a side bar of ordinary width. */
const width = 32;

/** Lines of whole words, paths parted behind a slash; backticks mark code in other places and would only be seen here. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll("`", "").split(/\s+/)) {
    const [first = "", ...more] = word.match(pieces) ?? [];
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + first.length <= width) lines[lines.length - 1] = `${last} ${first}`;
    else lines.push(first);
    lines.push(...more);
  }
  return lines;
}

const pieces = new RegExp(`.{1,${width}}$|.{1,${width - 1}}/|.{1,${width}}`, "gu");

const words: Readonly<Record<RefusalReason, { label: string; icon: Icon; tone?: Tone }>> = {
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
  // Nothing is broken: somebody has yet to agree.
  untrusted: { label: l10n`Workspace not trusted`, icon: "shield", tone: "warning" },
  unsupported: { label: l10n`Not served by this cluster`, icon: "question" },
  failed: { label: l10n`Could not look`, icon: "error" },
};
