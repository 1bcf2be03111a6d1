import * as vscode from "vscode";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { changesBetween, changesInWords } from "#core/report/changes.ts";
import { diagnosisToChat } from "#core/report/diagnosis-chat.ts";
import { marksOf } from "#core/report/marks.ts";
import { shortSubject } from "#core/report/names.ts";
import { comparisonPage } from "#core/report/page/comparison.ts";
import { reportPage } from "#core/report/page/page.ts";
import { printable } from "#core/text/printable.ts";
import type { Connection } from "../connection.ts";
import { tabIcon } from "../icon.ts";
import { l10n } from "../l10n.ts";
import { showPageOf } from "../pages.ts";
import { sayError } from "../say.ts";
import type { Mark } from "../tree/row.ts";
import type { History, HistoryEntry } from "./history.ts";
import { openPlace } from "./place.ts";
import { saveReport } from "./save.ts";

/** The id of the diagnosis whose place it takes; and whether it is the recorded one. */
export interface Shows {
  readonly after?: string;
  readonly demo?: boolean;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  diagnosis: Diagnosis;
}

/** The tabs that show diagnoses: one for each, and the next of the same subject in its place. */
export class Reports {
  readonly #context: vscode.ExtensionContext;
  readonly #history: History;
  readonly #connection: Connection;
  readonly #shown = new Map<string, Shown>();

  constructor(context: vscode.ExtensionContext, history: History, connection: Connection) {
    this.#connection = connection;
    this.#context = context;
    this.#history = history;
  }

  /** Keeps a diagnosis and shows it, in the tab of the one it comes after, or of the same subject, if there is one. */
  async show(diagnosis: Diagnosis, { after, demo }: Shows): Promise<void> {
    const place = after ?? this.#sameSubject(diagnosis);
    const before = place === undefined ? undefined : this.#shown.get(place);
    const entry = await this.#history.add(diagnosis, { after: place, demo });
    this.#connection.mark(diagnosis.context, rowMarks(diagnosis, entry.id));
    const panel = before?.panel ?? this.#create();
    if (place !== undefined) this.#shown.delete(place);
    this.#fill(panel, entry, diagnosis, before && stripOf(before.diagnosis, diagnosis));
    panel.reveal();
    void panel.webview.postMessage({ focus: true });
  }

  /** Shows one that was kept. */
  async open(id: string): Promise<void> {
    const shown = this.#shown.get(id);
    if (shown) return shown.panel.reveal();
    const panel = this.#create();
    await this.restore(panel, id);
    void panel.webview.postMessage({ focus: true });
  }

  /** Fills a tab that is there again since the window was loaded anew. */
  async restore(panel: vscode.WebviewPanel, id: unknown): Promise<void> {
    const entry = typeof id === "string" ? await this.#history.entry(id) : undefined;
    if (entry === undefined) return panel.dispose();
    const diagnosis = await this.#history.open(entry.id);
    const before = entry.after === undefined ? undefined : await this.#history.open(entry.after).catch(() => undefined);
    this.#dress(panel);
    this.#fill(panel, entry, diagnosis, before && stripOf(before, diagnosis));
  }

  /** Says to a tab that nothing came of running it again. */
  idle(id: string): void {
    void this.#shown.get(id)?.panel.webview.postMessage({ idle: true });
  }

  /** Two that were kept, side by side. */
  async compare(one: string, other: string): Promise<void> {
    const both = await Promise.all([one, other].map((id) => this.#history.open(id)));
    const [before, after] = both.sort((a, b) => a.startedAt - b.startedAt);
    if (!before || !after) return;
    const panel = this.#create("kube-ipv6.comparison", l10n`IPv6: two diagnoses`);
    const timed = (diagnosis: Diagnosis) => ({ diagnosis, when: whenOf(diagnosis) });
    panel.webview.html = comparisonPage(timed(before), timed(after), this.#resources(panel));
  }

  #sameSubject({ context, subject }: Diagnosis): string | undefined {
    const wanted = JSON.stringify([context, subject]);
    return [...this.#shown].find(
      ([, { diagnosis }]) => JSON.stringify([diagnosis.context, diagnosis.subject]) === wanted,
    )?.[0];
  }

  #create(type = "kube-ipv6.report", title = "IPv6"): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    this.#dress(panel);
    return panel;
  }

  #dress(panel: vscode.WebviewPanel): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#media()] };
    panel.iconPath = tabIcon(this.#context.extensionUri);
  }

  #fill(panel: vscode.WebviewPanel, entry: HistoryEntry, diagnosis: Diagnosis, strip: string | undefined): void {
    const shown: Shown = { panel, diagnosis };
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => {
      if (this.#shown.get(entry.id) === shown) this.#act(message, entry.id, diagnosis).catch(sayError);
      else listening.dispose();
    });
    panel.onDidDispose(() => {
      if (this.#shown.get(entry.id)?.panel === panel) this.#shown.delete(entry.id);
    });
    this.#shown.set(entry.id, shown);
    panel.title = printable(`IPv6: ${shortSubject(diagnosis.subject)}`);
    const note = entry.demo
      ? { note: l10n`A recording of the whole cluster: it says the same whatever is asked.` }
      : {};
    panel.webview.html = reportPage(diagnosis, this.#resources(panel), {
      when: whenOf(diagnosis),
      id: entry.id,
      ...(strip === undefined ? {} : { strip }),
      ...note,
    });
  }

  async #act(message: unknown, id: string, diagnosis: Diagnosis): Promise<void> {
    const { copy, save, again, chat, open, change, explain } = (message ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof copy === "string") await vscode.env.clipboard.writeText(copy);
    if (chat === true) await vscode.env.clipboard.writeText(diagnosisToChat(diagnosis));
    if (save === "markdown" || save === "json" || save === "html") await saveReport(this.#context, diagnosis, save);
    if (typeof open === "string") await openPlace(open, diagnosis.context);
    if (typeof change === "string") await vscode.commands.executeCommand("kube-ipv6.showChange", { id, cause: change });
    if (typeof explain === "string") await showPageOf(this.#context, "causes", explain);
    if (again === true) await vscode.commands.executeCommand("kube-ipv6.repeatDiagnosis", id);
  }

  #resources(panel: vscode.WebviewPanel) {
    const resource = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#media(), name)).toString();
    return { cspSource: panel.webview.cspSource, style: resource("report.css"), script: resource("report.js") };
  }

  #media(): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.extensionUri, "media");
  }
}

/** For the rows of the tree, with the time, since it may be long ago. */
function rowMarks(diagnosis: Diagnosis, id: string): ReadonlyMap<string, Mark> {
  const time = new Date(diagnosis.startedAt).toTimeString().slice(0, 5);
  return new Map(
    marksOf(diagnosis).map(({ object, text, state }) => [
      object,
      { text: `${text} (${time})`, diagnosis: id, tone: state === "fails" ? "error" : "good" },
    ]),
  );
}

function whenOf({ startedAt }: Diagnosis): string {
  return new Date(startedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

function stripOf(before: Diagnosis, after: Diagnosis): string {
  const time = ({ startedAt }: Diagnosis) => new Date(startedAt).toTimeString().slice(0, 8);
  return `${time(before)} \u2192 ${time(after)}: ${changesInWords(changesBetween(before, after))}.`;
}
