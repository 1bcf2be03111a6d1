import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { TestContext } from "node:test";
import { bundled } from "../support/bundled.ts";

interface Message {
  readonly id?: number | null;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the server says is what is tested
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The shipped server, spoken to line by line. */
export class Server {
  readonly said: Message[] = [];
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  #heard = () => {};
  #next = 1;

  constructor(args: readonly string[] = [], cwd?: string) {
    this.child = spawn(process.execPath, [bundled("cli.cjs"), "mcp", ...args], {
      stdio: ["pipe", "pipe", "inherit"],
      ...(cwd === undefined ? {} : { cwd }),
    });
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      this.said.push(JSON.parse(line));
      this.#heard();
    });
  }

  send(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  ask(method: string, params: object = {}): number {
    const id = this.#next++;
    this.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return id;
  }

  async heard(what: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.said.find(what);
      if (found) return found;
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  async request(method: string, params: object = {}): Promise<Message> {
    const id = this.ask(method, params);
    return this.heard((message) => message.id === id);
  }

  /** The text of what a tool answers. */
  async call(name: string, given: object): Promise<string> {
    const { result, error } = await this.request("tools/call", { name, arguments: given });
    return result ? result.content[0].text : `error ${error?.code}`;
  }

  /** Resolves with the exit code. */
  async close(): Promise<number | null> {
    const closed = once(this.child, "close");
    this.child.stdin.end();
    return (await closed)[0];
  }
}

/** Ends with the test, whatever comes of it. */
export function serverFor(t: TestContext, args: readonly string[] = [], cwd?: string): Server {
  const server = new Server(args, cwd);
  t.after(() => server.child.kill());
  return server;
}
