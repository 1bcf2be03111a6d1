import * as vscode from "vscode";
import type { Environment } from "./command.ts";

/** Of nodes, pods, Services and policies only what lacks a family or is marked; or all of them. */
export async function showOnlyOdd({ connection }: Environment, odd: boolean): Promise<void> {
  connection.onlyOdd = odd;
  await vscode.commands.executeCommand("setContext", "kube-ipv6.onlyOdd", odd);
}
