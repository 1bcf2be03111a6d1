/** Bytes of a line: more than etcd lets an object have, many times over. */
export const longestLine = 32 * 1024 * 1024;

/**
 * The lines of an answer as they come, empty ones left out. Rejects when the stream is cut, within a line or between two, and
 * with {@link LineTooLong}. What came of a line is looked at once, however many chunks it lies across.
 */
export async function* linesOf(response: AsyncIterable<Buffer>, most = longestLine): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const line = textOf(parts, chunk.subarray(start, end));
      [parts, length, start] = [[], 0, end + 1];
      if (line !== "") yield line;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > most) throw new LineTooLong(most);
  }
  if (textOf(parts) !== "") throw new Error("the stream was cut within a line");
}

const lineFeed = 10;

export class LineTooLong extends Error {
  constructor(most: number) {
    super(`a line of the stream is longer than ${most / 1024 / 1024} MiB`);
  }
}

function textOf(parts: readonly Buffer[], last?: Buffer): string {
  return Buffer.concat(last ? [...parts, last] : parts)
    .toString("utf8")
    .trim();
}
