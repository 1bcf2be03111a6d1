import * as vscode from "vscode";
import type { EditorCommand, Environment } from "./command.ts";

/** Of nodes, pods, Services and policies only what lacks a family or is marked. */
export const showOdd: EditorCommand = { id: "kube-ipv6.showOdd", run: (environment) => only(environment, true) };

export const showAll: EditorCommand = { id: "kube-ipv6.showAll", run: (environment) => only(environment, false) };

async function only({ connection }: Environment, odd: boolean): Promise<void> {
  connection.onlyOdd = odd;
  await vscode.commands.executeCommand("setContext", "kube-ipv6.onlyOdd", odd);
}
