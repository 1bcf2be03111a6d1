import { homedir } from "node:os";
import * as vscode from "vscode";
import { type Choice, choiceNames, choices } from "#core/capturing/filter.ts";
import { mostLimits, type Point, pointName, usualLimits, type Wish } from "#core/capturing/wish.ts";
import { type Access, accessLevels } from "#core/cluster/cluster.ts";
import { l10n } from "../l10n.ts";

/** What is to be captured, from what, and where it goes. */
export interface ChosenCapture {
  readonly wish: Wish;
  readonly access: "exec" | "ephemeral" | "privileged-node";
  /** Absolute; somebody agreed that a file that is there may go. */
  readonly file: string;
}

/** Asks for all of it; undefined if the user leaves. */
export async function chooseCapture(at: Point): Promise<ChosenCapture | undefined> {
  const title = l10n`Capture Packets: ${pointName({ at, interface: "any" })}`;
  const only = await chooseWhat(title);
  if (only === undefined || only.length === 0) return undefined;
  const seconds = await chooseTime(title);
  if (seconds === undefined) return undefined;
  const access = await chooseAccess(at, title);
  if (access === undefined) return undefined;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const name = `${at.kind === "pod" ? at.pod : at.node}.pcap`;
  const files = l10n`Packet captures`;
  const target = await vscode.window.showSaveDialog({
    title,
    filters: { [files]: ["pcap"] },
    defaultUri: vscode.Uri.joinPath(folder, name),
  });
  if (target === undefined) return undefined;
  const limits = { ...usualLimits, seconds };
  const wish = { at, wanted: { only, ports: [] }, interface: "any", limits, full: false };
  return { wish, access, file: target.fsPath };
}

async function chooseWhat(title: string): Promise<readonly Choice[] | undefined> {
  const items = choiceNames.map((label) => ({ label, description: choices[label], picked: label === "ipv6" }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    canPickMany: true,
    placeHolder: l10n`What is captured; each adds to the others. Headers alone are kept`,
  });
  return chosen?.map(({ label }) => label);
}

async function chooseTime(title: string): Promise<number | undefined> {
  const items = [usualLimits.seconds, 120, mostLimits.seconds].map((seconds) => ({
    label: l10n`${seconds} s`,
    seconds,
  }));
  const placeHolder = l10n`How long at most? What was taken is kept when you end it`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.seconds;
}

/** What the setting rules out is not offered; where nobody has set it, each is asked for word for word anyway. */
async function chooseAccess(at: Point, title: string): Promise<ChosenCapture["access"] | undefined> {
  const given = vscode.workspace.getConfiguration("kube-ipv6.diagnosis").inspect<Access>("access");
  const most = given?.workspaceFolderValue ?? given?.workspaceValue ?? given?.globalValue ?? "privileged-node";
  const items = ways(at).filter(({ access }) => accessLevels.indexOf(access) <= accessLevels.indexOf(most));
  const placeHolder = l10n`From what? A container that has tcpdump is used as it is`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.access;
}

function ways({ kind }: Point) {
  const nothing = {
    label: l10n`$(search) Only from a container that has tcpdump`,
    description: l10n`nothing is created`,
    access: "exec" as const,
  };
  const privileged = {
    label: l10n`$(server) Else from a privileged pod on the node`,
    description: l10n`it is removed afterwards`,
    access: "privileged-node" as const,
  };
  const ephemeral = {
    label: l10n`$(package) Else from an ephemeral container in the pod`,
    description: l10n`it stays listed until the pod is deleted`,
    access: "ephemeral" as const,
  };
  return kind === "pod" ? [nothing, ephemeral, privileged] : [nothing, privileged];
}
