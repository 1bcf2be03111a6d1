/**
 * How messages stand in a stream of bytes: a few header lines, an empty one, and as many bytes of JSON as `Content-Length` says.
 *
 * {@link https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol}
 */

/** Bytes. No editor sends a larger message: VS Code tells nobody of a file of more than 50 MiB. */
export const longestBody = 256 * 1024 * 1024;
/** Bytes; the two fields that the protocol knows take a hundred. */
export const longestHeader = 1024;

/** Told, in the order of the messages, where one was lost that may have changed a document. */
export const lostMessage = "kube-ipv6/lost";

const field = /^[\w-]+:/;
const length = /^content-length:[ \t]*(\d{1,9})[ \t]*$/im;
const type = /^content-type:.*charset=[ \t]*"?([^\s";]+)/im;
const last = /content-length:[ \t]*(\d{1,9})[ \t]*\r?\n(?:content-type:[^\r\n]*\r?\n)?\r?\n$/i;

export interface Header {
  /** Bytes of the header, with the empty line. */
  readonly size: number;
  /** Bytes of the body. */
  readonly body: number;
  /** `false`: the body is said to be in another encoding, which the protocol refuses. */
  readonly utf8: boolean;
}

/**
 * The header at the beginning of `bytes`; "more" while it may still become one, "none" if it never will. Lines that end with a bare
 * line feed are taken, as nothing else can be meant.
 */
export function headerOf(bytes: Buffer): Header | "more" | "none" {
  const size = emptyLine(bytes);
  if (size < 0) return bytes.length > longestHeader ? "none" : "more";
  const text = bytes.toString("latin1", 0, size).replaceAll("\r\n", "\n");
  const body = Number(length.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
  if (
    body > longestBody ||
    !text
      .trimEnd()
      .split("\n")
      .every((line) => field.test(line))
  )
    return "none";
  return { size, body, utf8: /^utf-?8$/i.test(type.exec(text)?.[1] ?? "utf-8") };
}

/** Where the first empty line ends; -1 without one that a header may have. */
function emptyLine(bytes: Buffer): number {
  for (let at = bytes.indexOf(10); at >= 0 && at < longestHeader; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return -1;
}

/**
 * Where, from `from` on, the first header begins that an object follows at once; -1 if there is none. JSON writes the end of a line
 * within a string as `\n`, so that no body that is one holds such a header.
 */
export function nextHeader(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf("\n{", from); at >= 0; at = bytes.indexOf("\n{", at + 1)) {
    if (bytes[at - 1] !== 10 && bytes[at - 2] !== 10) continue;
    const start = Math.max(from, at + 1 - longestHeader);
    const found = last.exec(bytes.toString("latin1", start, at + 1));
    if (found && Number(found[1]) <= longestBody) return start + found.index;
  }
  return -1;
}
