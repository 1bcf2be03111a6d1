import type * as vscode from "vscode";

/** What VS Code calls the language of manifests: its own name, and those that extensions for Kubernetes and Helm give the templates of charts. */
export const manifestLanguages: readonly string[] = ["yaml", "helm", "helm-template"];

/** A manifest in any of them; what else a chart's folder of templates holds, such as NOTES.txt and `_helpers.tpl`, has their names too. */
export function isManifestDocument({ languageId, uri }: Pick<vscode.TextDocument, "languageId" | "uri">): boolean {
  return languageId === "yaml" || (manifestLanguages.includes(languageId) && /\.ya?ml$/.test(uri.path));
}

/** The same for those who take filters. */
export function manifestFilters(scheme: string): readonly { scheme: string; language: string; pattern?: string }[] {
  return manifestLanguages.map((language) => ({
    scheme,
    language,
    ...(language === "yaml" ? {} : { pattern: "**/*.{yaml,yml}" }),
  }));
}
