/**
 * Text of others (of a cluster, a repository, a container, a plugin) as it may stand in one line of a terminal or a log: what a
 * terminal would obey or a reader cannot see is written out, `\x1b`, `\u{202e}`. That is every control character (C0, DEL, C1),
 * every invisible format character (bidi overrides and isolates among them), line and paragraph separators, and halves of
 * surrogate pairs. The joiners of scripts and emoji stay.
 *
 * {@link https://www.cve.org/CVERecord?id=CVE-2021-25743} is what comes of printing it as it is.
 */
export function printable(text: string): string {
  return text.replace(unseen, writtenOut);
}

/** The same for a whole text whose line breaks and tabs are the writer's own. */
export function printableLines(text: string): string {
  return text.replace(unseen, (character) =>
    character === "\n" || character === "\t" ? character : writtenOut(character),
  );
}

/** Plain JSON with every text in it made {@link printable}, keys excepted: what is done once where a writer gets its data. */
export function printableIn<T>(value: T): T {
  return mapTexts(value, printable);
}

/** Plain JSON with every text in it replaced; `keep` names the fields whose texts stay. */
export function mapTexts<T>(value: T, change: (text: string) => string, keep: ReadonlySet<string> = new Set()): T {
  const mapped = (one: unknown): unknown => {
    if (typeof one === "string") return change(one);
    if (Array.isArray(one)) return one.map(mapped);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, field]) => [key, keep.has(key) ? field : mapped(field)]));
  };
  return mapped(value) as T;
}

/** JSON whose texts hold nothing that a terminal or a CI log obeys: the same value, since it is written out as JSON does. */
export function printableJson(json: string): string {
  return json.replace(/##(?=[a-z]*\[)/gi, "#\\u0023").replace(unseen, (character) =>
    character === "\n"
      ? character
      : character
          .split("")
          .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
          .join(""),
  );
}

// Joiners are format characters too, but Persian, Indic scripts and emoji are not written without them.
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function writtenOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, "0");
}
