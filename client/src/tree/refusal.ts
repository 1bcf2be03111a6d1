import type { Refusal, RefusalReason } from "#core/cluster/cluster.ts";
import type { Icon, Row } from "./row.ts";

/** What could not be looked at, why, and below it what a user can do: an error is a row, never an empty tree. */
export function refusalRow(id: string, { reason, message, remedy }: Refusal): Row {
  const { label, icon } = words[reason];
  return {
    id: `${id}/refusal`,
    label,
    description: message,
    icon,
    tone: "error",
    tooltip: remedy === undefined ? message : `${message}\n\n${remedy}`,
    ...(remedy === undefined ? {} : { expanded: true, children: () => [remedyRow(id, remedy)] }),
  };
}

function remedyRow(id: string, remedy: string): Row {
  return { id: `${id}/remedy`, label: remedy, icon: "lightbulb", tooltip: remedy };
}

const words: Readonly<Record<RefusalReason, { label: string; icon: Icon }>> = {
  unauthorized: { label: "Not signed in", icon: "lock" },
  forbidden: { label: "Forbidden", icon: "lock" },
  "not-found": { label: "Not found", icon: "question" },
  absent: { label: "No such file", icon: "question" },
  unreachable: { label: "Unreachable", icon: "debug-disconnect" },
  tls: { label: "Certificate not accepted", icon: "lock" },
  timeout: { label: "No answer in time", icon: "debug-disconnect" },
  cancelled: { label: "Cancelled", icon: "question" },
  "no-command": { label: "No such program", icon: "question" },
  "no-room": { label: "No room in the container", icon: "question" },
  "not-running": { label: "Not running", icon: "question" },
  config: { label: "Kubeconfig cannot be used", icon: "error" },
  unsupported: { label: "Not served by this cluster", icon: "question" },
  failed: { label: "Could not look", icon: "error" },
};
