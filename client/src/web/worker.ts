import * as vscode from "vscode";
import type * as Library from "vscode-languageclient/browser";
import { l10n } from "../l10n.ts";
import { languageOptions, startLanguage } from "../language.ts";
import { linked } from "./linked.ts";

const serverBundles = ["server-web.cjs", "server-core.cjs", "protocol.cjs", "yaml.cjs"];

/** What browsers have and Node.js has not. */
declare const Worker: new (
  url: string,
) => ConstructorParameters<typeof Library.LanguageClient>[2] & { terminate(): void };

/**
 * Starts the language server in a worker of the browser. It and the library to speak to it are the very bundles that are run on a desktop,
 * put together here: an extension of a browser may load a single file.
 */
export async function startWorker(context: vscode.ExtensionContext): Promise<Library.LanguageClient> {
  const [server, library] = await Promise.all([
    script(context, serverBundles),
    script(context, ["languageclient.cjs"]),
  ]);
  const given = (name: string) => (name === "vscode" ? vscode : undefined);
  const { LanguageClient } = new Function("given", `return ${library}`)(given).browser as typeof Library;
  const address = URL.createObjectURL(new Blob([server], { type: "text/javascript" }));
  const worker = new Worker(address);
  context.subscriptions.push({ dispose: () => worker.terminate() });
  const client = new LanguageClient("kube-ipv6", "kube-ipv6", worker, languageOptions({ extension: true }));
  await startLanguage(context, client);
  URL.revokeObjectURL(address);
  return client;
}

/** Of bundles of the extension; the first is the one to begin with. */
async function script({ extensionUri }: vscode.ExtensionContext, names: readonly string[]): Promise<string> {
  const read = async (name: string) => {
    const answer = await fetch(vscode.Uri.joinPath(extensionUri, "dist", name).toString(true));
    if (!answer.ok) throw new Error(l10n`${name} could not be loaded: ${answer.status}`);
    return [name, await answer.text()] as const;
  };
  return linked(new Map(await Promise.all(names.map(read))), names[0] ?? "");
}
