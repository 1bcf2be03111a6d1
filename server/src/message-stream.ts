import type { Readable } from "node:stream";
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver/node";
import { type Header, headerOf, longestHeader, lostMessage, nextHeader } from "./framing.ts";

/** Bytes: what is reserved at once for a body that comes in several pieces, whatever its header says. */
const reserved = 16 * 1024 * 1024;

const lost = { jsonrpc: "2.0", method: lostMessage };

/**
 * Reads the messages of a stream, and finds the next one behind whatever is none.
 *
 * - A header that is broken, or says a length that no message has, is passed over with all that follows, up to the next
 *   `Content-Length: N`, empty line and `{`.
 * - A body that is no JSON is passed over likewise, from its beginning: its length may be wrong either way.
 * - That a length is too large cannot be known before something else stands where the body should still be: nobody is answered until
 *   then. If a whole object stands before that it is taken for the message, since nothing else can be meant.
 *
 * Whoever sent what was passed over is answered with one "Parse error" without an id, as JSON-RPC wants it
 * ({@link https://www.jsonrpc.org/specification#error_object}). Of what is passed over no more is kept than a header is long.
 */
export class MessageStream extends AbstractMessageReader implements MessageReader {
  readonly #input: Readable;
  readonly #output: Pick<MessageWriter, "write">;
  #callback: DataCallback = () => undefined;
  /** What was not read yet. */
  #held: Buffer = Buffer.alloc(0);
  /** What `#held` is a part of, if it is more than a piece that came, with room behind it. */
  #room: Buffer | undefined;
  /** Of the message whose body is waited for. */
  #header: Header | undefined;
  /** Bytes of the body that hold no header. */
  #searched = 0;
  #passing: "nothing" | "bytes" | "a message" = "nothing";

  constructor(input: Readable, output: Pick<MessageWriter, "write">) {
    super();
    this.#input = input;
    this.#output = output;
  }

  /** Bytes that were not read yet. */
  get held(): number {
    return this.#held.length;
  }

  listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    const take = (piece: Buffer): void => this.#take(piece);
    this.#input.on("data", take);
    this.#input.on("error", (error) => this.fireError(error));
    this.#input.on("close", () => this.fireClose());
    return { dispose: () => void this.#input.off("data", take) };
  }

  #take(piece: Buffer): void {
    if (this.#held.length === 0) this.#held = piece;
    else this.#append(piece);
    while (this.#held.length > 0 && this.#step());
  }

  /** Whether there may be more to do with what is held. */
  #step(): boolean {
    if (this.#passing !== "nothing") return this.#pass();
    return this.#header ? this.#readBody(this.#header) : this.#readHeader();
  }

  #readHeader(): boolean {
    const blank = this.#held.findIndex((byte) => byte !== 10 && byte !== 13);
    if (blank !== 0) {
      this.#drop(blank < 0 ? this.#held.length : blank);
      return true;
    }
    const header = headerOf(this.#held);
    if (header === "more") return false;
    if (header === "none") return this.#refuse("a header is broken", "bytes");
    this.#drop(header.size);
    this.#header = header;
    this.#searched = 0;
    // A message of no bytes is none.
    return this.#held.length > 0 || header.body > 0 || this.#readBody(header);
  }

  #readBody({ body, utf8 }: Header): boolean {
    const whole = this.#held.length >= body;
    const within = whole ? this.#held.subarray(0, body) : this.#held;
    const message = whole && utf8 ? parsed(within) : undefined;
    if (message !== undefined) return this.#deliver(message, body);
    const next = nextHeader(within, this.#searched);
    this.#searched = Math.max(0, within.length - longestHeader);
    if (next < 0 && !whole) return false;
    if (!utf8) return this.#refuse("a body is not UTF-8", "a message");
    const end = within.subarray(0, next < 0 ? body : next).lastIndexOf("}") + 1;
    const meant = parsed(within.subarray(0, end));
    return meant === undefined ? this.#refuse("a body is no JSON", "a message") : this.#deliver(meant, end);
  }

  #deliver(message: unknown, size: number): boolean {
    this.#drop(size);
    this.#header = undefined;
    try {
      if (typeof message === "object" && message !== null && !Array.isArray(message))
        this.#callback(message as Message);
      else {
        this.#answer(ErrorCodes.InvalidRequest, "Invalid Request: a message is an object");
        this.#callback(lost);
      }
    } catch (error) {
      this.fireError(error);
    }
    return true;
  }

  #refuse(why: string, passing: "bytes" | "a message"): boolean {
    this.#header = undefined;
    this.#passing = "bytes";
    this.#answer(ErrorCodes.ParseError, `Parse error: ${why}`);
    if (passing === "a message") this.#lose();
    return true;
  }

  #pass(): boolean {
    const next = nextHeader(this.#held, 0);
    const size = next < 0 ? Math.max(0, this.#held.length - longestHeader) : next;
    if (this.#passing === "bytes" && this.#held.subarray(0, size).includes("{")) this.#lose();
    this.#drop(size);
    if (next >= 0) this.#passing = "nothing";
    return next >= 0;
  }

  #lose(): void {
    this.#passing = "a message";
    this.#callback(lost);
  }

  #answer(code: number, message: string): void {
    const answer = { jsonrpc: "2.0", id: null, error: { code, message } };
    this.#output.write(answer as Message).catch((error) => this.fireError(error));
  }

  #drop(size: number): void {
    this.#held = this.#held.subarray(size);
    if (this.#held.length === 0) this.#room = undefined;
  }

  #append(piece: Buffer): void {
    const size = this.#held.length + piece.length;
    let start = this.#room ? this.#held.byteOffset : 0;
    if (!this.#room || start + size > this.#room.length) {
      this.#room = Buffer.allocUnsafeSlow(Math.max(2 * size, Math.min(this.#header?.body ?? 0, reserved)));
      this.#held.copy(this.#room);
      start = 0;
    }
    piece.copy(this.#room, start + this.#held.length);
    this.#held = this.#room.subarray(start, start + size);
  }
}

/** undefined: it is no JSON. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
