/** What goes before a manifest that is added to a text: it becomes a document of its own, at the end. */
export function before(text: string): string {
  if (text.trim() === "") return "";
  const newline = text.endsWith("\n") ? "" : "\n";
  return /(?:^|\n)---[ \t]*(?:#.*)?\r?\n?\s*$/.test(text) ? newline : `${newline}---\n`;
}
