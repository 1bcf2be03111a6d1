import "./translated.ts";
import type * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import type { Desk } from "./command.ts";
import { l10n } from "./l10n.ts";
import { outputChannel, versions, writeDown } from "./log.ts";
import { offerPlan } from "./plan/action.ts";
import { keepPlan } from "./plan/keep.ts";
import { registerCommands } from "./register-commands.ts";
import { sayError } from "./say.ts";
import { webCommands } from "./web/commands.ts";
import { startWorker } from "./web/worker.ts";

/** The extension in a browser without a machine behind it, such as vscode.dev: everything about manifests, and no cluster. */
function activateInBrowser(context: vscode.ExtensionContext): { readonly language: Promise<LanguageClient> } {
  writeDown(versions(context));
  const language = startWorker(context);
  language.catch((error: unknown) => {
    sayError(l10n`The IPv6 checks of YAML files could not start: ${String(error)}`);
  });
  context.subscriptions.push(
    outputChannel(),
    registerCommands<Desk>(webCommands, { context, language: () => language }),
    offerPlan(),
    keepPlan(context, () => language),
  );
  return { language };
}

export { activateInBrowser as activate };
