import type { Answer } from "#core/cluster/cluster.ts";
import { markdown } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { clusterRows, clusterState } from "./cluster.ts";
import { asking } from "./list.ts";
import { otherKubeconfigRows, refusedState, stuckRows } from "./refusal.ts";
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
  /** It is the recorded cluster. */
  readonly demo?: boolean;
}

/** More contexts than these beside the current one are one row. */
const few = 5;

/**
 * The top of the tree: the context that is looked at with its cluster, then the others. No row at all where there is no kubeconfig
 * and no recorded cluster: the view then says itself what can be done.
 */
export function contextRows({ known, current, view, demo = false }: Contexts): readonly Row[] {
  if (known === undefined) return [asking("contexts")];
  const missing = !known.ok && known.refusal.reason === "absent";
  if (missing && current === undefined) return [];
  const all = known.ok ? known.value : [];
  const shown = all.find(({ name }) => name === current) ?? (current === undefined ? undefined : { name: current });
  const others = all.filter(({ name }) => name !== current).map(otherRow);
  const first = shown === undefined ? [] : [currentRow(shown, view, demo)];
  if (missing) return [...first, chooseRow];
  if (!known.ok) return [...first, ...stuckRows("contexts", known.refusal)];
  if (all.length === 0 && shown === undefined)
    return [
      note("contexts/none", l10n`The kubeconfig has no contexts`, { icon: "info" }),
      ...otherKubeconfigRows("none"),
    ];
  const choice = note("contexts/choose", l10n`Choose a context: none is current`, { icon: "lightbulb" });
  if (shown === undefined) return [choice, ...others];
  return [...first, ...(others.length > few ? [othersRow(others)] : others)];
}

/** Under the recorded cluster. */
const chooseRow: Row = note("contexts/kubeconfig", l10n`Choose a kubeconfig ...`, {
  icon: "folder-opened",
  description: l10n`none was found`,
  click: "kube-ipv6.chooseKubeconfig",
});

function othersRow(others: readonly Row[]): Row {
  return note("contexts/others", l10n`Other contexts`, {
    icon: "list-tree",
    description: String(others.length),
    children: () => others,
  });
}

/** The id is another one than before it became current: VS Code would keep that row as it was, without children and closed. */
function currentRow({ name, server }: Context, view: Answer<View> | undefined, demo: boolean): Row {
  const id = `current/${name}`;
  const place = view?.ok ? view.value.cluster.server : server;
  return {
    id,
    label: name,
    icon: "circle-filled",
    ...stateOf(view, demo),
    tooltip: markdown`**${name}**\n\n${place ?? (demo ? l10n`A recording that comes with the extension.` : l10n`The kubeconfig names no server for it.`)}`,
    menu: demo ? "demo-context" : "current-context",
    expanded: true,
    children: () => openedRows(id, view),
  };
}

function stateOf(view: Answer<View> | undefined, demo: boolean): Pick<Row, "description" | "icon" | "tone"> {
  if (view === undefined) return { description: l10n`connecting ...`, icon: "loading~spin" };
  if (!view.ok) return refusedState(view.refusal);
  const state = clusterState(view.value);
  return demo ? { ...state, description: l10n`recorded \u00b7 ${state.description}`, icon: "beaker" } : state;
}

function openedRows(id: string, view: Answer<View> | undefined): readonly Row[] {
  if (view === undefined) return [asking(id)];
  return view.ok ? clusterRows(id, view.value) : stuckRows(id, view.refusal);
}

function otherRow({ name, server }: Context): Row {
  const tooltip = markdown`**${name}**\n\n${server ?? l10n`The kubeconfig names no server for it.`}`;
  return {
    id: `context/${name}`,
    label: name,
    description: server ?? "",
    icon: "circle-outline",
    tooltip,
    menu: "context",
    click: "kube-ipv6.useContext",
  };
}
