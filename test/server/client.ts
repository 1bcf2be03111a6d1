import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { bundled } from "#test/support/bundled.ts";

const bundle = bundled("server.cjs");

/** A client of the bundle that is shipped, over its standard streams. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** Every message about diagnostics, in the order they came. */
  readonly published: PublishDiagnosticsParams[] = [];
  #waiting: (() => void)[] = [];
  #version = 1;

  constructor() {
    this.process = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout as NonNullable<ChildProcess["stdout"]>),
      new StreamMessageWriter(this.process.stdin as NonNullable<ChildProcess["stdin"]>),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.listen();
  }

  async start(params: Partial<InitializeParams> = {}): Promise<this> {
    await this.ask("initialize", { processId: process.pid, rootUri: null, capabilities: {}, ...params });
    await this.tell("initialized", {});
    return this;
  }

  /**
   * Milliseconds for which the server's own thread has had a processor so far, whoever else wanted one; undefined where the
   * system does not tell. {@link https://docs.kernel.org/scheduler/sched-stats.html}
   */
  worked(): number | undefined {
    const path = `/proc/${this.process.pid}/schedstat`;
    return existsSync(path) ? Number(readFileSync(path, "utf8").split(" ")[0]) / 1e6 : undefined;
  }

  async stop(): Promise<void> {
    await this.ask("shutdown");
    await this.tell("exit");
    this.connection.dispose();
  }

  // biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at by assertions
  ask(method: string, params?: unknown): Promise<any> {
    return params === undefined ? this.connection.sendRequest(method) : this.connection.sendRequest(method, params);
  }

  tell(method: string, params?: unknown): Promise<void> {
    return params === undefined
      ? this.connection.sendNotification(method)
      : this.connection.sendNotification(method, params);
  }

  /** Opens a document and gives what is said of it. */
  async open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    const version = this.#version++;
    await this.tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
    return this.about(uri, (params) => params.version === version);
  }

  async close(uri: string): Promise<void> {
    await this.tell("textDocument/didClose", { textDocument: { uri } });
  }

  /** Sends one change; its version. */
  async change(uri: string, text: string, range?: Range): Promise<number> {
    const version = this.#version++;
    const contentChanges = [range ? { range, text } : { text }];
    await this.tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
    return version;
  }

  /** The diagnostics of a document, as soon as a message of its kind has come; the messages before count too. */
  async about(uri: string, wanted: (params: PublishDiagnosticsParams) => boolean): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.published.findLast((params) => params.uri === uri && wanted(params));
      if (found) return found.diagnostics;
      await new Promise<void>((resolve, reject) => {
        // Nothing takes that long, on any machine: what never comes must not hang the tests.
        const hangs = new Error(`nothing such was said of ${uri}: ${JSON.stringify(this.published.at(-1))}`);
        const timer = setTimeout(() => reject(hangs), 60_000);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async actions(uri: string, position: Position, only?: string[]): Promise<CodeAction[]> {
    const range = { start: position, end: position };
    const context = { diagnostics: [], ...(only ? { only } : {}) };
    return (await this.ask("textDocument/codeAction", { textDocument: { uri }, range, context })) ?? [];
  }

  async hover(uri: string, position: Position): Promise<{ contents: { value: string }; range: Range } | null> {
    return this.ask("textDocument/hover", { textDocument: { uri }, position });
  }
}

/** Runs with a client of its own, which is stopped at the end. `before`: what it has to know when it starts. */
export async function withClient(
  run: (client: Client) => Promise<void>,
  params?: Partial<InitializeParams>,
  before?: (client: Client) => unknown,
): Promise<void> {
  const client = new Client();
  try {
    before?.(client);
    await client.start(params);
    await run(client);
    await client.stop();
  } finally {
    client.process.kill();
  }
}

/** Where a word stands in a text, `shift` characters further. */
export function positionOf(text: string, word: string, shift = 0): Position {
  const offset = text.indexOf(word);
  if (offset < 0) throw new Error(`there is no ${word}`);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: (before.at(-1)?.length ?? 0) + shift };
}

export function rangeOf(text: string, word: string): Range {
  return { start: positionOf(text, word), end: positionOf(text, word, word.length) };
}

/** What an editor makes of a text with the edits of an answer. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  const offset = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return edits
    .map(({ range, newText }, index) => ({ start: offset(range.start), end: offset(range.end), newText, index }))
    .sort((a, b) => b.start - a.start || b.index - a.index)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}

/** The edits that an action makes in one document. */
export function editsOf(action: CodeAction | undefined, uri: string): TextEdit[] {
  return action?.edit?.changes?.[uri] ?? [];
}
