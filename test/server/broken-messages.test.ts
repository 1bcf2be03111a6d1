import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { Message } from "vscode-languageserver-protocol/node";
import { lostMessage } from "#server/framing.ts";
import { MessageStream } from "#server/message-stream.ts";
import { Client, positionOf, withClient } from "./client.ts";

const framed = (body: string, length: number | string = Buffer.byteLength(body), end = "\r\n") =>
  `Content-Length: ${length}${end}${end}${body}`;
const told = (method: string) => JSON.stringify({ jsonrpc: "2.0", method });
const [one, two, three] = ["one", "two", "three"].map(told) as [string, string, string];
const size = Buffer.byteLength(one);
const german = JSON.stringify({ jsonrpc: "2.0", method: "größer" });

/** What is read of a stream: methods, "!" for each parse error that is answered, "?" where a message may be lost. */
async function read(pieces: readonly Buffer[]): Promise<{ said: string[]; held: number }> {
  const said: string[] = [];
  const input = new PassThrough();
  const stream = new MessageStream(input, {
    write: async (message: Message) => {
      assert.deepEqual(Object.keys(message), ["jsonrpc", "id", "error"]);
      assert.equal((message as { id?: unknown }).id, null);
      said.push(
        { "-32700": "!", "-32600": "invalid" }[String((message as never as { error: { code: number } }).error.code)] ??
          "",
      );
    },
  });
  stream.listen((message) => {
    const { method } = message as { method?: string };
    said.push(method === lostMessage ? "?" : String(method));
  });
  let held = 0;
  for (const piece of pieces) {
    input.write(piece);
    await new Promise((read) => setImmediate(read));
    held = Math.max(held, stream.held);
  }
  return { said, held };
}

/** The bytes in pieces: in one, byte by byte, and in places that a seed chooses. */
function* cut(bytes: Buffer): Generator<readonly Buffer[]> {
  yield [bytes];
  yield Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  for (let seed = 1; seed <= 30; seed++) {
    const pieces: Buffer[] = [];
    for (let at = 0, next = seed; at < bytes.length; ) {
      next = (next * 1103515245 + 12345) % 2147483648;
      const end = at + 1 + (next % 60);
      pieces.push(bytes.subarray(at, end));
      at = end;
    }
    yield pieces;
  }
}

const streams: Record<string, readonly [bytes: string | Buffer, said: string]> = {
  "nothing wrong": [framed(one) + framed(two) + framed(german), "one two größer"],
  "every field the protocol has": [
    `content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:${size}\r\n\r\n${one}${framed(two)}`,
    "one two",
  ],
  "line feeds alone": [framed(one, size, "\n") + framed(two, size, "\n"), "one two"],
  "line ends between messages": [`${framed(one)}\r\n\n${framed(two)}\n`, "one two"],
  "a word": [`garbage${framed(one)}`, "! one"],
  "a line": [`garbage\r\n\r\n${framed(one)}`, "! one"],
  "a line that looks like a field": [`a: b\r\n\r\n${framed(one)}`, "! one"],
  "a length that is no number": [`Content-Length: abc\r\n\r\n${framed(one)}`, "! one"],
  "a message with a length that is no number": [framed(one, "abc") + framed(two) + framed(three), "! ? two three"],
  "a negative length": [framed(one, -1) + framed(two), "! ? two"],
  "a fraction of a length": [framed(one, "42.5") + framed(two), "! ? two"],
  "a length of gigabytes": [framed(one, 300_000_000) + framed(two), "! ? two"],
  "a length beyond numbers": [framed(one, "9".repeat(400)) + framed(two), "! ? two"],
  "no length": [`Content-Type: a/b\r\n\r\n${one}${framed(two)}`, "! ? two"],
  "no header": [one + framed(two), "! ? two"],
  "a header that does not end": [`${"a".repeat(5000)}\r\n${framed(one)}`, "! one"],
  "a message of no bytes": [`Content-Length: 0\r\n\r\n${framed(one)}`, "! ? one"],
  "a body that is no JSON": [framed("{bad}") + framed(two), "! ? two"],
  "a body that is no object": [framed("[1]") + framed("null") + framed(two), "invalid ? invalid ? two"],
  "a length that is too small": [framed(one, size - 3) + framed(two), "! ? two"],
  "a length that is too small by nearly all": [framed(one, 1) + framed(two), "! ? two"],
  "a length that counts characters": [framed(german, german.length) + framed(two), "! ? two"],
  "a length that is too large by a little": [framed(one, size + 3) + framed(two), "one two"],
  "a length that is too large by a header": [framed(one, size + 22) + framed(two), "one two"],
  "a length that is too large by more than all that follows": [
    framed(one, 100_000) + framed(two) + framed(three),
    "one two three",
  ],
  "a length that is too large, of half a message": [
    framed(one.slice(0, 20), 100) + framed(two) + framed(three),
    "! ? two three",
  ],
  "a text that says what a header says": [
    framed(JSON.stringify({ method: "quoted", params: `\r\n${framed(two)}` }, null, 1)) + framed(three),
    "quoted three",
  ],
  "bytes that are no UTF-8": [Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(framed(one))]), "! one"],
  "a body that is no UTF-8": [
    Buffer.concat([
      Buffer.from("Content-Length: 3\r\n\r\n"),
      Buffer.from([0xff, 0xc0, 0x80]),
      Buffer.from(framed(one)),
    ]),
    "! ? one",
  ],
  "another encoding": [
    Buffer.concat([
      Buffer.from(`Content-Length: ${2 * size}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-16le\r\n\r\n`),
      Buffer.from(one, "utf16le"),
      Buffer.from(framed(two)),
    ]),
    "! ? two",
  ],
  "the older name of UTF-8": [`Content-Length: ${size}\r\nContent-Type: a/b; charset=utf8\r\n\r\n${one}`, "one"],
};

for (const [title, [bytes, said]] of Object.entries(streams))
  test(`however it is cut, of ${title} is read what there is`, async () => {
    for (const pieces of cut(Buffer.from(bytes as Buffer))) assert.equal((await read(pieces)).said.join(" "), said);
  });

test("what is passed over is not kept", async () => {
  const noise = Array.from({ length: 200 }, () => Buffer.alloc(65_536, "x{\n"));
  const { said, held } = await read([...noise, Buffer.from(framed(one))]);
  assert.deepEqual(said, ["!", "?", "one"]);
  assert.ok(held < 2_000, `${held} bytes`);
});

test("a body of megabytes comes in pieces", async () => {
  const body = JSON.stringify({ method: "large", params: "ü\n{".repeat(1_500_000) });
  const bytes = Buffer.from(framed(two) + framed(body) + framed(one));
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, at) =>
    bytes.subarray(at * 65_536, (at + 1) * 65_536),
  );
  assert.deepEqual((await read(pieces)).said, ["two", "large", "one"]);
});

const text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {a: 1}\n";
const opened = (uri: string) =>
  framed(
    JSON.stringify({
      jsonrpc: "2.0",
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "yaml", version: 7, text } },
    }),
  );

for (const bytes of [
  "garbage\r\n\r\n",
  "Content-Length: abc\r\n\r\n",
  "Content-Length: 5\r\n\r\n{bad}",
  framed(one, -5),
])
  test(`the server goes on behind ${JSON.stringify(bytes)}, and answers it`, async () => {
    const client = await new Client().start();
    try {
      const answered = answer(client, /"id":null,"error":\{"code":-32700/);
      client.process.stdin?.write(bytes + opened("untitled:bytes.yaml"));
      await answered;
      assert.ok((await client.about("untitled:bytes.yaml", ({ version }) => version === 7)).length > 0);
    } finally {
      client.process.kill();
    }
  });

test("where a change may be lost nothing is said of a document until its whole text comes again", () =>
  withClient(async (client) => {
    const uri = "untitled:lost.yaml";
    const address = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: fd00::1\n";
    const hover = async () => (await client.hover(uri, positionOf(address, "fd00")))?.contents.value;
    await client.open(uri, address);
    assert.match((await hover()) ?? "", /unique local/);
    const warned = answer(client, /window\/showMessage.*until it is opened again/);
    client.process.stdin?.write(framed("{bad}"));
    await warned;
    const start = { line: 0, character: 0 };
    await client.change(uri, "# edit\n", { start, end: start });
    assert.equal(await hover(), undefined);
    await client.change(uri, address);
    assert.match((await hover()) ?? "", /unique local/);
  }));

for (const [says, code] of [
  [["shutdown"], 0],
  [[], 1],
] as const)
  test(`a client that hangs up after ${says.length === 0 ? "nothing" : says} ends the server with ${code}`, async () => {
    const client = await new Client().start();
    const exited = once(client.process, "exit");
    for (const method of says) await client.ask(method);
    client.process.stdin?.end();
    assert.deepEqual(await exited, [code, null]);
  });

/** Until the server has written that. */
function answer(client: Client, wanted: RegExp): Promise<void> {
  let written = "";
  return new Promise((resolve) =>
    client.process.stdout?.on("data", (piece) => {
      written += piece;
      if (wanted.test(written)) resolve();
    }),
  );
}
