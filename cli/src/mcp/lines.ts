/** The lines of a stream of UTF-8: nothing but a line feed ends one, and none is longer than so many bytes. */
export async function* inputLinesOf(input: AsyncIterable<Buffer>, longest: number): AsyncGenerator<string | undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (let chunk of input) {
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10)) {
      parts.push(chunk.subarray(0, end));
      size += end;
      yield size > longest ? undefined : Buffer.concat(parts).toString("utf8");
      parts = [];
      size = 0;
      chunk = chunk.subarray(end + 1);
    }
    size += chunk.length;
    // What is too long is thrown away, and said to be.
    parts = size > longest ? [] : [...parts, chunk];
  }
}
