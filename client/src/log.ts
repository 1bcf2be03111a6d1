import * as vscode from "vscode";
import { printable } from "#core/text/printable.ts";
import { l10n } from "./l10n.ts";

/** How many lines a report of a problem brings along. */
const kept = 60;
const lines: string[] = [];
let channel: vscode.LogOutputChannel | undefined;

/** The output channel "kube-ipv6": what happened, for who looks into it. The language server writes there as well. */
export function outputChannel(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel("kube-ipv6", { log: true });
  return channel;
}

/** Writes a line; `error`: something did not work. */
export function writeDown(text: string, level: "info" | "error" = "info"): void {
  const line = printable(text);
  lines.push(`${new Date().toISOString().slice(11, 19)} ${level === "error" ? "error: " : ""}${line}`);
  if (lines.length > kept) lines.shift();
  outputChannel()[level](line);
}

/** The last lines that were written, with the time of day in UTC. */
export function lastLines(): readonly string[] {
  return [...lines];
}

/** "kube-ipv6 0.1.0, VS Code 1.139.1 (desktop)" */
export function versions({ extension }: vscode.ExtensionContext): string {
  const { appHost, remoteName } = vscode.env;
  const where = remoteName === undefined ? appHost : `${appHost}, ${remoteName}`;
  return l10n`kube-ipv6 ${extension.packageJSON.version}, VS Code ${vscode.version} (${where})`;
}
