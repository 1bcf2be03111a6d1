/**
 * Reads the JSON of a list item by item as it comes, so that a page of large objects is never in memory as a whole: what a reader
 * does not keep of an item is gone before the next one. Gives what the list says beside its items, `{ kind, metadata, items: [] }`
 * as text; nothing where an item is no JSON, and a text that is no list as it is.
 */
export async function readItems(chunks: AsyncIterable<Buffer>, take: (item: unknown) => void): Promise<string> {
  const reader = new ItemReader(take);
  let sound = true;
  // To its end in any case, so that the connection can be used again.
  for await (const chunk of chunks) sound &&= reader.read(chunk);
  return sound ? reader.rest() : "";
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

class ItemReader {
  readonly #take: (item: unknown) => void;
  /** What stands beside the items, and the item that is being read. */
  readonly #beside: Buffer[] = [];
  #item: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inItems = false;

  constructor(take: (item: unknown) => void) {
    this.#take = take;
  }

  /** False where an item is no JSON. */
  read(chunk: Buffer): boolean {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#inString) at = this.#skipString(chunk, at);
      const byte = chunk[at];
      if (byte === quote) this.#inString = !this.#inString;
      else if (byte === openBrace || byte === openBracket) {
        this.#depth++;
        if (byte !== openBracket || this.#depth !== 2 || !this.#namesItems(chunk.subarray(start, at))) continue;
        this.#beside.push(chunk.subarray(start, at + 1));
        [start, this.#inItems] = [at + 1, true];
      } else if (byte === closeBrace || byte === closeBracket) {
        this.#depth--;
        if (!this.#inItems || this.#depth !== 1) continue;
        if (!this.#end(chunk.subarray(start, at))) return false;
        [start, this.#inItems] = [at, false];
      } else if (byte === comma && this.#inItems && this.#depth === 2) {
        if (!this.#end(chunk.subarray(start, at))) return false;
        start = at + 1;
      }
    }
    (this.#inItems ? this.#item : this.#beside).push(chunk.subarray(start));
    return true;
  }

  /** Where the quote stands that ends a string, or the end of the chunk; an escape may lie across two. */
  #skipString(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#escaped) this.#escaped = false;
      else if (byte === backslash) this.#escaped = true;
      else if (byte === quote) return at;
    }
    return chunk.length;
  }

  rest(): string {
    return Buffer.concat([...this.#beside, ...this.#item]).toString("utf8");
  }

  #end(last: Buffer): boolean {
    // Most items lie in one chunk, and need no copy.
    const text = (this.#item.length === 0 ? last : Buffer.concat([...this.#item, last])).toString("utf8");
    this.#item = [];
    if (text.trim() === "") return true;
    try {
      this.#take(JSON.parse(text));
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  }

  /** Whether what stands before an array of the outermost object is the key of the items. */
  #namesItems(before: Buffer): boolean {
    let tail = before.subarray(-40);
    for (let index = this.#beside.length - 1; index >= 0 && tail.length < 40; index--)
      tail = Buffer.concat([this.#beside[index]?.subarray(-40) ?? tail, tail]);
    return /"items"\s*:\s*$/.test(tail.toString("latin1"));
  }
}
