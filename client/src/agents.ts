import { join } from "node:path";
import * as vscode from "vscode";

/** Offers the editor's agents the tools of `kube-ipv6 mcp`: the editor asks its user before it starts them. */
export function offerTools(context: vscode.ExtensionContext, chosen: () => string | undefined): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("kube-ipv6.kubeconfig")) changed.fire();
    }),
    vscode.lm.registerMcpServerDefinitionProvider("kube-ipv6.tools", {
      onDidChangeMcpServerDefinitions: changed.event,
      // A kubeconfig may name programs, and a folder that nobody trusts must not choose it.
      provideMcpServerDefinitions: () => (vscode.workspace.isTrusted ? [definition(context, chosen())] : []),
    }),
  );
}

function definition(context: vscode.ExtensionContext, chosen: string | undefined): vscode.McpStdioServerDefinition {
  const { kubeconfig = "" } = vscode.workspace.getConfiguration("kube-ipv6");
  const args = [
    join(context.extensionPath, "dist", "mcp.cjs"),
    ...(kubeconfig === "" ? [] : ["--kubeconfig", String(kubeconfig)]),
    ...(chosen === undefined ? [] : ["--context", chosen]),
  ];
  const version = String(context.extension.packageJSON.version);
  const server = new vscode.McpStdioServerDefinition(
    "kube-ipv6",
    process.execPath,
    args,
    { ELECTRON_RUN_AS_NODE: "1" },
    version,
  );
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder?.uri.scheme === "file") server.cwd = folder.uri;
  return server;
}
