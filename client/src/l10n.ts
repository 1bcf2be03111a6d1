/** What VS Code takes for its translations; see `vscode.l10n.t`. */
type Translate = (message: string, ...given: string[]) => string;

let translate: Translate = (message, ...given) =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => given[Number(index)] ?? "");

/** Whom texts are translated by from now on. Outside of VS Code they are as they are written here. */
export function translateBy(by: Translate): void {
  translate = by;
}

/**
 * Before every text that a person reads. What is put into it is numbered, so that another language may put it elsewhere: with
 * `No pod of ${what} is running.` the text to translate is "No pod of {0} is running."
 */
export function l10n(parts: TemplateStringsArray, ...given: readonly unknown[]): string {
  return translate(messageOf(parts), ...given.map(String));
}

function messageOf(parts: readonly string[]): string {
  return parts.reduce((message, part, index) => `${message}{${index - 1}}${part}`);
}
