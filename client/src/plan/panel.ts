import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { planToJson, planToMarkdown } from "#core/plan/plan.ts";
import { askServer } from "../ask.ts";
import { tabIcon } from "../icon.ts";
import { l10n } from "../l10n.ts";
import { isManifestDocument } from "../manifest-language.ts";
import { sayError } from "../say.ts";
import { plansOf, type WrittenPlan } from "./answer.ts";
import { planBody, planPage } from "./page.ts";

/** Which files count: all of the workspace, those below a folder, or those that are meant for one cluster with a file. */
export interface PlanScope {
  readonly folder?: vscode.Uri;
  readonly file?: vscode.Uri;
}

/** The server may still be reading the workspace when it is first asked, so it is asked again after so many milliseconds. */
const again = [500, 1500, 4000, 10_000, 30_000];

export const planType = "kube-ipv6.plan";

/** The tabs that show plans, by whose they are: who asks again wants the one that is there. */
const tabs = new Map<string, vscode.WebviewPanel>();

function keyOf({ folder, file }: PlanScope): string {
  return `${folder} ${file}`;
}

/** Shows the address plan in a tab. Returns what is shown first. */
export async function showPlan(
  context: vscode.ExtensionContext,
  server: LanguageClient,
  scope: PlanScope,
): Promise<readonly WrittenPlan[]> {
  const plans = await read(server, scope);
  const shown = tabs.get(keyOf(scope));
  if (shown) {
    shown.reveal();
    return plans;
  }
  const title = l10n`IPv6: Address Plan`;
  const panel = vscode.window.createWebviewPanel(planType, title, vscode.ViewColumn.Active, { enableFindWidget: true });
  drawPlan(panel, context, server, scope, plans);
  return plans;
}

/** The tab as it was before the window was loaded anew, with what the files hold by now. */
export async function restorePlan(
  panel: vscode.WebviewPanel,
  context: vscode.ExtensionContext,
  server: LanguageClient,
  scope: PlanScope,
): Promise<void> {
  drawPlan(panel, context, server, scope, await read(server, scope));
}

/** Keeps the page up to date as long as somebody looks. */
function drawPlan(
  panel: vscode.WebviewPanel,
  { extensionUri }: vscode.ExtensionContext,
  server: LanguageClient,
  scope: PlanScope,
  first: readonly WrittenPlan[],
): void {
  let plans = first;
  tabs.set(keyOf(scope), panel);
  let shown = "";
  let listens = false;
  const media = vscode.Uri.joinPath(extensionUri, "media");
  panel.webview.options = { enableScripts: true, localResourceRoots: [media] };
  panel.iconPath = tabIcon(extensionUri);
  const draw = () => {
    shown = planBody(plans).text;
    listens = false;
    const resource = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
    const { cspSource } = panel.webview;
    const resources = { cspSource, style: resource("plan.css"), script: resource("plan.js") };
    panel.webview.html = planPage(plans, resources, { folder: scope.folder?.toString(), file: scope.file?.toString() });
  };
  // What is sent to a page that is still being loaded is lost: it asks when it listens.
  const tell = async () => {
    const body = planBody(plans).text;
    if (!listens || body === shown) return;
    shown = body;
    await panel.webview.postMessage({ body });
  };
  const refresh = async () => {
    plans = await read(server, scope);
    await tell();
  };
  const following = follow(() => void refresh().catch(complain));
  panel.onDidDispose(() => {
    following.dispose();
    if (tabs.get(keyOf(scope)) === panel) tabs.delete(keyOf(scope));
  });
  // A hidden page is thrown away, and comes back as it was first written.
  panel.onDidChangeViewState(() => panel.visible && draw());
  panel.webview.onDidReceiveMessage((message: { readonly listens?: unknown }) => {
    if (message.listens === true) listens = true;
    void (message.listens === true ? tell() : act(message, plans)).catch(complain);
  });
  draw();
}

async function read(server: LanguageClient, { folder, file }: PlanScope): Promise<readonly WrittenPlan[]> {
  const { plans } = await askServer(server, messages.plan, file ? { uri: file.toString() } : {});
  const below = folder?.path.replace(/\/?$/, "/");
  return plansOf(
    plans,
    (name) => vscode.workspace.asRelativePath(uriOf(name)),
    (name) => below === undefined || uriOf(name).path.startsWith(below),
  );
}

/** Of what the server calls by its path or, where it lies on no disk, by its URI without escapes. */
function uriOf(name: string): vscode.Uri {
  if (!/^[a-z][a-z0-9+.-]+:\/\//.test(name)) return vscode.Uri.file(name);
  return vscode.Uri.parse(name.replace(/[%?#]/g, encodeURIComponent));
}

/** Calls back after edits at once, after changes on disk when the server has heard of them, and while it may still read. */
function follow(refresh: () => void): vscode.Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const soon = (milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      refresh();
    }, milliseconds);
    timers.add(timer);
  };
  for (const wait of again) soon(wait);
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml}");
  const onDisk = () => soon(700);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(onDisk),
    watcher.onDidCreate(onDisk),
    watcher.onDidDelete(onDisk),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isManifestDocument(document) && soon(150)),
    { dispose: () => timers.forEach(clearTimeout) },
  );
}

async function act(message: unknown, plans: readonly WrittenPlan[]): Promise<void> {
  const { copy, open } = message as { copy?: unknown; open?: { uri: string; line: number; character: number } };
  if (copy === "markdown") await vscode.env.clipboard.writeText(plans.map(planToMarkdown).join("\n"));
  if (copy === "json") await vscode.env.clipboard.writeText(`${JSON.stringify(plans.map(planToJson), null, 2)}\n`);
  if (open === undefined) return;
  const at = new vscode.Position(open.line, open.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(open.uri), {
    selection: new vscode.Range(at, at),
    preview: true,
  });
}

function complain(error: unknown): void {
  sayError(error);
}
