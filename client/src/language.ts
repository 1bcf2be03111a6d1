import type * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { soughtGlobs } from "#core/manifest/program-file.ts";
import { tellWhatIsBeside } from "./beside.ts";
import { tellFirstFindings } from "./first-findings.ts";
import { l10n } from "./l10n.ts";
import { showAssumed } from "./language-status.ts";
import { outputChannel, writeDown } from "./log.ts";
import { manifestFilters } from "./manifest-language.ts";
import { offerNews } from "./news.ts";
import { readOnly } from "./read-only.ts";
import { schemes } from "./schemes.ts";
import { tellFiles } from "./tell-files.ts";

/** Of a server that looks at every YAML document, those of a cluster too, and at the files of programs that are no YAML. */
export function languageOptions(
  initializationOptions: LanguageClientOptions["initializationOptions"],
): LanguageClientOptions {
  return {
    documentSelector: [
      ...["untitled", "kube-ipv6", ...schemes()].flatMap(manifestFilters),
      // Another extension may have its own name for their languages.
      ...schemes().flatMap((scheme) => soughtGlobs.map((name) => ({ scheme, pattern: `**/${name}` }))),
    ],
    outputChannel: outputChannel(),
    middleware: readOnly,
    initializationOptions,
  };
}

/** Starts the language server, and what of the editor depends on it. */
export async function startLanguage(context: vscode.ExtensionContext, client: LanguageClient): Promise<void> {
  context.subscriptions.push({ dispose: () => client.stop() });
  await client.start();
  writeDown(l10n`the language server runs`);
  context.subscriptions.push(
    tellFiles(client),
    tellWhatIsBeside(client),
    showAssumed(client),
    tellFirstFindings(context),
    offerNews(context),
  );
}
