import type { Answer } from "#core/cluster/cluster.ts";
import { markdown } from "#core/text/markdown.ts";
import { clusterRows } from "./cluster.ts";
import { asking } from "./list.ts";
import { refusalRow } from "./refusal.ts";
import { note, type Row } from "./row.ts";
import type { View } from "./view.ts";

/** A context of the kubeconfig, as far as the tree shows it. */
export interface Context {
  readonly name: string;
  readonly server?: string;
}

export interface Contexts {
  /** undefined while the kubeconfig is being read. */
  readonly known: Answer<readonly Context[]> | undefined;
  /** The one that is looked at. */
  readonly current: string | undefined;
  /** undefined while it is being opened; a refusal if it cannot be. */
  readonly view: Answer<View> | undefined;
}

/** The top of the tree: the contexts, and under the current one its cluster. */
export function contextRows({ known, current, view }: Contexts): readonly Row[] {
  if (known === undefined) return [asking("contexts")];
  const others = known.ok ? known.value : [];
  const shown =
    current === undefined || others.some(({ name }) => name === current) ? others : [{ name: current }, ...others];
  const rows = shown.map((context) => (context.name === current ? currentRow(context, view) : otherRow(context)));
  if (!known.ok) return [...rows, refusalRow("contexts", known.refusal)];
  if (rows.length === 0) return [note("contexts/none", "The kubeconfig has no contexts", { icon: "info" })];
  const choice = note("contexts/choose", "No current context: choose one of these", { icon: "lightbulb" });
  return current === undefined ? [choice, ...rows] : rows;
}

/** The id is another one than before it became current: VS Code would keep that row as it was, without children and closed. */
function currentRow({ name, server }: Context, view: Answer<View> | undefined): Row {
  const id = `current/${name}`;
  const summary = view?.ok ? view.value.summary() : undefined;
  const place = view?.ok ? view.value.cluster.server : server;
  return {
    id,
    label: name,
    description: summary?.label ?? place ?? "",
    icon: "circle-filled",
    tooltip: markdown`**${name}**\n\n${place ?? "The kubeconfig names no server for it."}`,
    menu: "current-context",
    expanded: true,
    children: () => openedRows(id, view),
  };
}

function openedRows(id: string, view: Answer<View> | undefined): readonly Row[] {
  if (view === undefined) return [asking(id)];
  return view.ok ? clusterRows(id, view.value) : [refusalRow(id, view.refusal)];
}

function otherRow({ name, server }: Context): Row {
  const tooltip = markdown`**${name}**\n\n${server ?? "The kubeconfig names no server for it."}`;
  return {
    id: `context/${name}`,
    label: name,
    description: server ?? "",
    icon: "circle-outline",
    tooltip,
    menu: "context",
  };
}
