import * as vscode from "vscode";
import { type Access, accessLevels, type Cluster } from "#core/cluster/cluster.ts";
import type { Outlook } from "#core/cluster/outposts.ts";
import type { Beyond } from "#core/diagnosis/diagnosis.ts";
import { defaultImage } from "#core/outposts/image.ts";
import { l10n } from "../l10n.ts";
import { isOpen, kubeconfigFile, removeLeft } from "../left.ts";
import { Consent, type Yes } from "./consent.ts";

/**
 * How far a diagnosis may go beyond what runs already, by the setting `kube-ipv6.diagnosis.access`; undefined where it creates nothing,
 * and for a cluster that was recorded. What an earlier diagnosis or run has left is removed first.
 */
export async function beyondOfSettings(
  { globalState }: Pick<vscode.ExtensionContext, "globalState">,
  cluster: Cluster,
  namespace: string,
): Promise<Beyond | undefined> {
  if (!isOpen(cluster)) return undefined;
  const { outpostLedger } = await import("#cluster/ledger.ts");
  const outposts = cluster.outposts(outpostLedger(), kubeconfigFile());
  await removeLeft(cluster);
  const settings = vscode.workspace.getConfiguration("kube-ipv6.diagnosis");
  const level = settings.get<Access>("access", "exec");
  if (!isOutlook(level)) return undefined;
  const image = settings.get<string>("image", "").trim() || defaultImage;
  const consent = new Consent(globalState, cluster.server, level);
  return { level, image, namespace, outposts, agree: (words) => consent.to(() => asked(words)) };
}

/** What runs already is asked, unless the setting keeps to the API. */
export function lookingAt(): "api" | "exec" {
  const level = vscode.workspace.getConfiguration("kube-ipv6.diagnosis").get<Access>("access", "exec");
  return level === "api" ? "api" : "exec";
}

function isOutlook(level: Access): level is Outlook {
  return accessLevels.indexOf(level) > accessLevels.indexOf("exec");
}
const create = l10n`Create`;
const always = l10n`Create, and Do Not Ask Again for This Cluster`;
const show = l10n`Show Every Word`;

/** The objects themselves are too long for a dialog; whoever wants to read them first is asked beside them. */
async function asked(words: readonly string[]): Promise<Yes | undefined> {
  const body = words.indexOf("---");
  const [question = "", ...detail] = words.slice(0, body - 1);
  const options = { modal: true, detail: detail.join("\n") };
  const first = await vscode.window.showWarningMessage(question, options, create, always, show);
  return meant(first === show ? await askedBeside(words, body) : first);
}

async function askedBeside(words: readonly string[], body: number): Promise<string | undefined> {
  const content = [...words.slice(0, body).map((line) => `# ${line}`), ...words.slice(body)].join("\n");
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content });
  await vscode.window.showTextDocument(document, { preview: true });
  return vscode.window.showWarningMessage(l10n`Create what is shown in the editor?`, create, always);
}

function meant(answer: string | undefined): Yes | undefined {
  return answer === create ? "once" : answer === always ? "always" : undefined;
}
