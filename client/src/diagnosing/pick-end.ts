import * as vscode from "vscode";
import type { Target } from "#core/judging/subject.ts";
import { l10n } from "../l10n.ts";
import { whyOf } from "../tree/refusal.ts";
import { type End, understood } from "./targets.ts";

/** A row that may be chosen, and what it stands for. */
export interface PickRow<T> extends vscode.QuickPickItem {
  readonly stands: T | undefined;
  /** Of a row that says why there is no list. */
  readonly why?: string;
}

export interface Picking<T> {
  readonly title: string;
  readonly placeholder: string;
  /** What is there at once. */
  readonly first: readonly PickRow<T>[];
  /** What comes as the cluster answers, each list under its own title. */
  readonly lists: readonly Promise<readonly PickRow<T>[]>[];
  /** For names without one. */
  readonly namespace: string;
  /** What a target that was typed stands for. */
  typed(target: Target): T;
}

/** One list with everything that can be meant, filtered as one types; the last row says how the text itself is understood. */
export async function pick<T>({
  title,
  placeholder,
  first,
  lists,
  namespace,
  typed,
}: Picking<T>): Promise<T | undefined> {
  const list = vscode.window.createQuickPick<PickRow<T>>();
  Object.assign(list, { title, placeholder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true });
  list.keepScrollPosition = true;
  // As they come: what is listed already must not move away under a mouse.
  const known: (readonly PickRow<T>[])[] = [];
  const draw = () => {
    list.items = [...first, ...once(known.flat()), ...asTyped(list.value, namespace, typed)];
  };
  let open = lists.length;
  list.busy = open > 0;
  for (const answer of lists)
    void answer
      .catch((error: unknown) => [saying<T>(error instanceof Error ? error.message : String(error))])
      .then((choices) => {
        known.push(choices);
        list.busy = --open > 0;
        // Nor does a row that was gone to by key.
        const [at] = list.activeItems;
        draw();
        if (at !== undefined && list.items.includes(at)) list.activeItems = [at];
      });
  list.onDidChangeValue(draw);
  draw();
  list.show();
  return new Promise<T | undefined>((resolve) => {
    list.onDidAccept(() => {
      const stands = list.selectedItems[0]?.stands;
      if (stands === undefined) return;
      resolve(stands);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
  });
}

/** The ends of a kind under their title. */
export function endChoices<T>(title: string, ends: readonly End[], stands: (end: End) => T): readonly PickRow<T>[] {
  if (ends.length === 0) return [];
  const rows = ends.map(
    (end): PickRow<T> => ({ label: `$(${end.icon}) ${end.label}`, description: end.description, stands: stands(end) }),
  );
  return [separatorRow(title), ...rows];
}

export function separatorRow<T>(label: string): PickRow<T> {
  return { label, kind: vscode.QuickPickItemKind.Separator, stands: undefined };
}

/** Of the lists that could not be had for one and the same reason, the first says so. */
function once<T>(rows: readonly PickRow<T>[]): readonly PickRow<T>[] {
  const said = new Set<string>();
  return rows.filter(({ why }) => why === undefined || (!said.has(why) && said.add(why)));
}

function saying<T>(label: string): PickRow<T> {
  return {
    label: `$(warning) ${label.replaceAll("$(", "\\$(")}`,
    alwaysShow: true,
    stands: undefined,
    why: whyOf(label),
  };
}

function asTyped<T>(text: string, namespace: string, typed: (target: Target) => T): readonly PickRow<T>[] {
  if (text.trim() === "") return [];
  const { words, target } = understood(text.trim(), namespace);
  const label = `$(keyboard) ${text.trim().replaceAll("$(", "\\$(")}`;
  const stands = target === undefined ? undefined : typed(target);
  return [separatorRow(l10n`as it is typed`), { label, detail: words, alwaysShow: true, stands }];
}
