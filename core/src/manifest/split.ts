/**
 * Where the documents of a YAML text start. `---` at column 0 may not occur inside any scalar (YAML 1.2.2 section 9.1.2,
 * c-forbidden), so looking at line starts is exact. Comments and directives before the first marker belong to the first
 * document. {@link https://yaml.org/spec/1.2.2/#912-document-markers}
 */
export function splitDocuments(text: string): number[] {
  const starts = [0];
  let begun = isMarker(text, 0);
  let from = begun ? 3 : 0;
  for (let at = text.indexOf("\n---", from); at >= 0; at = text.indexOf("\n---", at + 4)) {
    if (!isMarker(text, at + 1)) continue;
    if (begun || hasContent(text, from, at)) starts.push(at + 1);
    begun = true;
    from = at + 4;
  }
  return starts;
}

/** The texts of its documents. */
export function textsOf(text: string): readonly string[] {
  const starts = splitDocuments(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
}

/** Anything but comments, directives and blanks between two offsets. */
export function hasContent(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 35 /* # */ || code === 37 /* % */) {
      at = text.indexOf("\n", at);
      if (at < 0) return false;
    } else if (code !== 32 && code !== 9 && code !== 10 && code !== 13 && code !== 0xfeff) return true;
  }
  return false;
}

function isMarker(text: string, at: number): boolean {
  if (!text.startsWith("---", at)) return false;
  const after = text.charCodeAt(at + 3);
  return Number.isNaN(after) || after === 10 || after === 13 || after === 32 || after === 9;
}
