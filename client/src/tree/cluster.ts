import type { Refusal } from "#core/cluster/cluster.ts";
import type { Summary } from "#core/summary/summary.ts";
import { l10n } from "../l10n.ts";
import { cniRow } from "./cni.ts";
import { dnsRow } from "./dns.ts";
import { familiesRow } from "./families.ts";
import type { Lost } from "./following.ts";
import { asking } from "./list.ts";
import { namespacesRow } from "./namespaces.ts";
import { nodesRow } from "./nodes.ts";
import { clusterPoliciesRow } from "./policies.ts";
import { rangesRows } from "./ranges.ts";
import { refusedState, stuckRows } from "./refusal.ts";
import type { Row } from "./row.ts";
import { types, type View } from "./view.ts";

/** What there is to see of one cluster. */
export function clusterRows(id: string, view: View): readonly Row[] {
  const summary = view.summary();
  const lost = view.lost === undefined ? [] : [lostRow(id, view.lost)];
  const refusal = unreachable(view);
  // One row says it better than the same refusal under each of the others.
  if (refusal !== undefined) return stuckRows(id, refusal);
  const known = summary === undefined ? [asking(id)] : summaryRows(id, summary);
  const policies = clusterPoliciesRow(id, view);
  return [...lost, ...known, dnsRow(id, view), nodesRow(id, view), ...policies, namespacesRow(id, view)];
}

function summaryRows(id: string, summary: Summary): readonly Row[] {
  return [familiesRow(id, summary), ...rangesRows(id, summary), cniRow(id, summary.cni)];
}

/** What the row of the context says of it: where it stands, and what is missing. */
export function clusterState(view: View): Pick<Row, "description" | "icon" | "tone"> {
  const refusal = unreachable(view);
  if (refusal !== undefined) return refusedState(refusal);
  const summary = view.summary();
  if (summary === undefined) return { description: l10n`asking ...`, icon: "loading~spin" };
  if (view.lost !== undefined)
    return { description: l10n`connection lost, ${summary.label}`, icon: "debug-disconnect", tone: "warning" };
  const forbidden = [types.nodes, types.namespaces].filter((type) => {
    const { answer } = view.list(type);
    return answer !== undefined && !answer.ok && answer.refusal.reason === "forbidden";
  });
  const limited = l10n`limited: may not list ${forbidden.map(({ resource }) => resource).join(", ")}`;
  if (forbidden.length > 0)
    return { description: `${limited} \u00b7 ${summary.label}`, icon: "circle-filled", tone: "warning" };
  return { description: summary.label, icon: "circle-filled", ...(summary.mixed ? { tone: "warning" } : {}) };
}

/** The reason if nothing at all can be asked of the cluster. */
function unreachable(view: View): Refusal | undefined {
  const answers = [view.list(types.nodes).answer, view.list(types.namespaces).answer];
  const hopeless = new Set(["unreachable", "tls", "timeout", "unauthorized", "config"]);
  const refusals = answers.flatMap((answer) => (answer && !answer.ok ? [answer.refusal] : []));
  return refusals.length === answers.length ? refusals.find(({ reason }) => hopeless.has(reason)) : undefined;
}

function lostRow(id: string, { since, refusal }: Lost): Row {
  const time = since.toTimeString().slice(0, 8);
  return {
    id: `${id}/lost`,
    label: l10n`Connection lost since ${time}, retrying`,
    description: refusal.message,
    icon: "debug-disconnect",
    tone: "warning",
    tooltip: l10n`${refusal.message}\n\nWhat stands below is as it was last seen.\n\n${refusal.remedy ?? ""}`,
  };
}
