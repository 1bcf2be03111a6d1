import type * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";
import { scheme } from "./object/uri.ts";

/** Starts the language server beside the extension and lets it look at every YAML document, those of a cluster too. */
export async function startLanguage(context: vscode.ExtensionContext): Promise<LanguageClient> {
  const module = context.asAbsolutePath("dist/server.cjs");
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: ["file", "untitled", scheme].map((each) => ({ scheme: each, language: "yaml" })),
    outputChannelName: "kube-ipv6",
    synchronize: { configurationSection: "kube-ipv6" },
  };
  const client = new LanguageClient("kube-ipv6", "kube-ipv6", server, options);
  context.subscriptions.push({ dispose: () => client.stop() });
  await client.start();
  return client;
}
