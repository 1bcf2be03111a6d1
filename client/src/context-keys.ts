import * as vscode from "vscode";
import type { Connection } from "./connection.ts";

/** Tells VS Code what menus and the empty view depend on: whether there is a kubeconfig, and whether the demo is looked at. */
export function keepContextKeys(connection: Connection): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = (key: string, value: boolean) => {
    if (told.get(key) === value) return;
    told.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  };
  const look = () => {
    tell("kube-ipv6.noKubeconfig", connection.missing);
    tell("kube-ipv6.demo", connection.demo !== undefined);
  };
  return { dispose: connection.onChange(look) };
}
