/** What goes before a manifest that is added to a text: it becomes a document of its own, at the end. */
export function before(text: string): string {
  if (text.trim() === "") return "";
  const newline = text.endsWith("\n") ? "" : "\n";
  const written = text.trimEnd();
  const last = written.slice(written.lastIndexOf("\n") + 1);
  return /^---[ \t]*(?:#.*)?$/.test(last) ? newline : `${newline}---\n`;
}
