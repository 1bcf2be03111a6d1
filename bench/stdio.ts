/**
 * What the editor waits for: the shipped server over its standard streams, with a file of 10,000 lines open.
 * `node bench/stdio.ts [LINES]`; `node scripts/build.mjs` first.
 */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle, random } from "./manifests.ts";
import { percentile, table } from "./measure.ts";

const server = fileURLToPath(new URL("../dist/server.cjs", import.meta.url));
const lines = Number(process.argv[2] ?? 10_000);
const uri = "untitled:bench.yaml";

/** The least of a client: it must not cost more than what it measures. */
class Client {
  readonly process = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  #buffer = Buffer.alloc(0);
  #id = 0;
  readonly #waiting: { wanted: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];

  constructor() {
    this.process.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  ask(method: string, params: unknown): Promise<Message> {
    const id = ++this.#id;
    const answer = this.next((message) => message.id === id && message.method === undefined);
    this.send({ id, method, params });
    return answer;
  }

  next(wanted: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }

  #take(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#buffer.toString("latin1", 0, 40));
      const start = header?.[0].length ?? 0;
      const end = start + Number(header?.[1]);
      if (!header || this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.toString("utf8", start, end)) as Message;
      this.#buffer = this.#buffer.subarray(end);
      const index = this.#waiting.findIndex(({ wanted }) => wanted(message));
      if (index >= 0) this.#waiting.splice(index, 1)[0]?.resolve(message);
    }
  }
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly version?: number };
}

const bare: number[] = [];
const starts: number[] = [];
for (let round = 0; round < 7; round++) {
  const begun = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  bare.push(performance.now() - begun);
  const started = performance.now();
  const once = new Client();
  await once.ask("initialize", { processId: null, rootUri: null, capabilities: {} });
  starts.push(performance.now() - started);
  once.process.kill();
}

const client = new Client();
await client.ask("initialize", { processId: null, rootUri: null, capabilities: {} });
client.send({ method: "initialized", params: {} });
const text = bundle(lines);
const policy = text.indexOf("cidr: 10.0.0.0/8");
const line = text.slice(0, policy).split("\n").length - 1;
const opened = performance.now();
const first = client.next(({ method }) => method === "textDocument/publishDiagnostics");
client.send({
  method: "textDocument/didOpen",
  params: { textDocument: { uri, languageId: "yaml", version: 0, text } },
});
await first;
const open = performance.now() - opened;

/** Every keystroke makes a prefix right or wrong, so that there is news after each. */
const keys: number[] = [];
const hovers: number[] = [];
const next = random(5);
for (let version = 1; version <= 600; version++) {
  const wrong = version % 2 === 1;
  const at = { line, character: "        cidr: 10.".length };
  const range = { start: at, end: { line, character: at.character + 1 } };
  const news = client.next(({ method }) => method === "textDocument/publishDiagnostics");
  const started = performance.now();
  client.send({
    method: "textDocument/didChange",
    params: { textDocument: { uri, version }, contentChanges: [{ range, text: wrong ? "x" : "0" }] },
  });
  await news;
  keys.push(performance.now() - started);
  const asked = performance.now();
  await client.ask("textDocument/hover", {
    textDocument: { uri },
    position: { line: Math.floor(next() * lines), character: 12 },
  });
  hovers.push(performance.now() - asked);
}
client.process.kill();

const warm = (all: readonly number[]) => all.slice(50);
table(
  ["what", "median ms", "p99 ms"],
  [
    ["`node -e 0`", percentile(bare, 50).toFixed(1), ""],
    ["start to initialize answered", percentile(starts, 50).toFixed(1), ""],
    [`didOpen of ${lines} lines to diagnostics, cold`, open.toFixed(1), ""],
    ["didChange to diagnostics", percentile(warm(keys), 50).toFixed(2), percentile(warm(keys), 99).toFixed(2)],
    ["hover right after", percentile(warm(hovers), 50).toFixed(2), percentile(warm(hovers), 99).toFixed(2)],
  ],
);
