import * as vscode from "vscode";
import type { Markdown } from "#core/text/markdown.ts";
import { printable, printableLines } from "#core/text/printable.ts";
import { l10n } from "../l10n.ts";
import { openObject } from "../object/open.ts";
import { badgeUri } from "./badge.ts";
import type { Mark, ObjectRef, Row, Tone } from "./row.ts";

/** Puts rows into VS Code's tree. This is the one file of the tree that knows VS Code. */
export class TreeProvider implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #top: () => readonly Row[];
  readonly #markOf: (object: ObjectRef) => Mark | undefined;
  #waiting: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(top: () => readonly Row[], markOf: (object: ObjectRef) => Mark | undefined = () => undefined) {
    this.#top = top;
    this.#markOf = markOf;
  }

  /** Draws again soon; a burst of watch events is drawn once. */
  refresh(): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = undefined;
      this.#changed.fire();
    }, 150);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(printable(row.label), stateOf(row));
    item.id = row.id;
    const mark = row.object && this.#markOf(row.object);
    // What fails has to be seen in a narrow view, too.
    const parts = mark?.tone === "error" ? [mark.text, row.description] : [row.description, mark?.text];
    const description = parts.filter(Boolean).join(" \u00b7 ");
    const tone = mark?.tone ?? row.tone;
    if (description !== "") item.description = printable(description);
    // Without it VS Code reads out a tooltip in place of the row, if that is plain text.
    item.accessibilityInformation = { label: printable([row.label, description].filter(Boolean).join(", ")) };
    if (row.icon !== undefined) item.iconPath = new vscode.ThemeIcon(row.icon, tone && colours[tone]);
    if (row.tooltip !== undefined) item.tooltip = tooltipOf(row.tooltip);
    if (row.menu !== undefined) item.contextValue = row.menu;
    if (row.object !== undefined) {
      item.command = { command: openObject, title: l10n`Open as YAML`, arguments: [row] };
    }
    if (row.badge !== undefined) item.resourceUri = badgeUri(row.badge, row.id);
    if (row.click !== undefined) item.command = { command: row.click, title: row.label, arguments: [row] };
    return item;
  }

  getChildren(row?: Row): Row[] {
    return [...(row === undefined ? this.#top() : (row.children?.() ?? []))];
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#changed.dispose();
  }
}

/** Neither trusted nor with HTML: even Markdown of our own starts no command. */
function tooltipOf(tooltip: Markdown | string): vscode.MarkdownString | string {
  return typeof tooltip === "string" ? printableLines(tooltip) : new vscode.MarkdownString(tooltip.text);
}

function stateOf({ children, expanded }: Row): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

const colours: Readonly<Record<Tone, vscode.ThemeColor>> = {
  // The green of passed tests has a contrast of 2:1 on white.
  good: new vscode.ThemeColor("charts.green"),
  warning: new vscode.ThemeColor("list.warningForeground"),
  error: new vscode.ThemeColor("list.errorForeground"),
};
