import { homedir } from "node:os";
import * as vscode from "vscode";
import { choiceNames, choices, type FilterWish, peerOf, portsIn } from "#core/capturing/filter.ts";
import type { PairWish } from "#core/capturing/pair.ts";
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

/** What is captured at both nodes of a pair, from what, and where it goes. */
export interface ChosenPair {
  readonly wish: PairWish;
  readonly access: "exec" | "privileged-node";
  /** Absolute; the file of each node has the node's name before the ending. */
  readonly file: string;
}

/** Asks for it; undefined if the user leaves. */
export async function choosePair(ends: readonly [Point, Point]): Promise<ChosenPair | undefined> {
  const [one, other] = ends.map(nameOf);
  const title = l10n`Capture at Both Ends: ${one} and ${other}`;
  const seconds = await chooseTime(title);
  if (seconds === undefined) return undefined;
  const access = await chooseAccess({ kind: "node", node: "" }, title);
  if (access === undefined || access === "ephemeral") return undefined;
  const file = await chooseFile(title, `${nameAlone(ends[0])}-${nameAlone(ends[1])}`);
  return file === undefined
    ? undefined
    : { wish: { ends, limits: { ...usualLimits, seconds }, full: false }, access, file };
}

function nameOf(at: Point): string {
  return at.kind === "pod" ? `${at.namespace}/${at.pod}` : l10n`node ${at.node}`;
}

function nameAlone(at: Point): string {
  return at.kind === "pod" ? at.pod : at.node;
}

async function chooseFile(title: string, name: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const files = l10n`Packet captures`;
  const target = await vscode.window.showSaveDialog({
    title,
    filters: { [files]: ["pcap"] },
    defaultUri: vscode.Uri.joinPath(folder, `${name}.pcap`),
  });
  return target?.fsPath;
}

/** Asks for all of it; undefined if the user leaves. */
export async function chooseCapture(at: Point): Promise<ChosenCapture | undefined> {
  const title = l10n`Capture Packets: ${pointName({ at, interface: "any" })}`;
  const what = await chooseWhat(title);
  if (what === undefined) return undefined;
  const seconds = await chooseTime(title);
  if (seconds === undefined) return undefined;
  const access = await chooseAccess(at, title);
  if (access === undefined) return undefined;
  const file = await chooseFile(title, nameAlone(at));
  if (file === undefined) return undefined;
  const limits = { ...usualLimits, seconds };
  const { full, ...wanted } = what;
  const wish = { at, wanted, interface: "any", limits, full };
  return { wish, access, file };
}

type What = Pick<Wish, "full"> & Pick<FilterWish, "only" | "ports" | "peer">;

/** Each kind and port adds to what is taken; one address takes of all that what concerns it. undefined if the user leaves, or wants nothing. */
async function chooseWhat(title: string): Promise<What | undefined> {
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, takes: "nothing" as const });
  const ports = { label: l10n`TCP ports`, description: l10n`which is asked next`, takes: "ports" as const };
  const peer = {
    label: l10n`What concerns one address`,
    description: l10n`packets from and to it, errors about those, who looks for it as a neighbour`,
    takes: "peer" as const,
  };
  const full = {
    label: l10n`All of each packet`,
    description: l10n`with whatever applications send unencrypted; else headers alone`,
    takes: "full" as const,
  };
  const items = [
    ...choiceNames.map((label) => ({ label, description: choices[label], picked: label === "ipv6", takes: label })),
    ports,
    separator(l10n`of all that`),
    peer,
    full,
  ];
  const placeHolder = l10n`What is captured; each adds to the others`;
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true, placeHolder });
  const taken = new Set<string>(chosen?.map(({ takes }) => takes));
  const only = choiceNames.filter((name) => taken.has(name));
  if (only.length === 0 && !taken.has("ports") && !taken.has("peer")) return undefined;
  const numbers = taken.has("ports") ? await choosePorts(title) : [];
  if (numbers === undefined) return undefined;
  const address = taken.has("peer") ? await choosePeer(title) : undefined;
  if (taken.has("peer") && address === undefined) return undefined;
  // IPv6 alone is chosen until somebody unticks it; with an IPv4 address it would leave nothing.
  const kinds = address?.family === "IPv4" ? only.filter((name) => name !== "ipv6") : only;
  return { only: kinds, ports: numbers, full: taken.has("full"), ...(address ? { peer: address } : {}) };
}

async function choosePorts(title: string): Promise<readonly number[] | undefined> {
  const prompt = l10n`TCP ports, with blanks or commas between them`;
  const validateInput = (text: string) => (portsIn(text) ? undefined : l10n`Numbers from 1 to 65535`);
  const text = await vscode.window.showInputBox({ title, prompt, placeHolder: "5432", validateInput });
  return text === undefined ? undefined : portsIn(text);
}

async function choosePeer(title: string): Promise<FilterWish["peer"]> {
  const prompt = l10n`The address, IPv6 or IPv4`;
  const validateInput = (text: string) => (peerOf(text.trim()) ? undefined : l10n`An IPv6 or IPv4 address of one host`);
  const text = await vscode.window.showInputBox({ title, prompt, placeHolder: "2001:db8::1", validateInput });
  return text === undefined ? undefined : peerOf(text.trim());
}

export async function chooseTime(title: string): Promise<number | undefined> {
  const items = [usualLimits.seconds, 120, mostLimits.seconds].map((seconds) => ({
    label: l10n`${seconds} s`,
    seconds,
  }));
  const placeHolder = l10n`How long at most? What was taken is kept when you end it`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.seconds;
}

/** What the setting rules out is not offered; where nobody has set it, each is asked for word for word anyway. */
export async function chooseAccess(at: Point, title: string): Promise<ChosenCapture["access"] | undefined> {
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
