/**
 * The shipped language server over stdio, beside yaml-language-server without a schema, one after another in one run.
 * `node bench/language-server.ts [LINES]`; needs `npm run build`. The two do different work: the peer checks YAML's
 * syntax, ours what it means for IPv6.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import { bundle } from "./manifests.ts";
import { percentile, table } from "./measure.ts";
import { repository } from "./repository.ts";

const lines = Number(process.argv[2] ?? 10_000);
const peers = join(import.meta.dirname, "peers");
const peer = join(peers, "node_modules/yaml-language-server/bin/yaml-language-server");
if (!existsSync(peer))
  spawnSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: peers, stdio: "inherit" });

const text = marked(bundle(lines));
const ours = await measure(join(import.meta.dirname, "../dist/server.cjs"), 400);
const theirs = await measure(peer, 25);
const folder = repository();
const scanning = await hoversWhileScanning(join(import.meta.dirname, "../dist/server.cjs"), folder);
rmSync(folder, { recursive: true });

table(
  ["measure", "kube-ipv6", "yaml-language-server"],
  [
    ["start to initialize answered, over `node -e 0`, ms", ours.start.toFixed(0), theirs.start.toFixed(0)],
    ["didOpen to diagnostics, cold, ms", ours.open.toFixed(0), theirs.open.toFixed(0)],
    ["didChange to diagnostics, median / p99, ms", pair(ours.keys), pair(theirs.keys)],
    ["hover, ready, median / p99, ms", pair(ours.hovers), pair(theirs.hovers)],
    ["hover right after an edit, median / p99, ms", pair(ours.afterEdit), pair(theirs.afterEdit)],
    ["hover while 10 MB of files are read, median / longest, ms", longest(scanning), "-"],
    ["memory with the file open after the edits, MB", ours.memory.toFixed(0), theirs.memory.toFixed(0)],
  ],
);

interface Measured {
  /** Over that of a process that does nothing. */
  readonly start: number;
  readonly open: number;
  readonly keys: readonly number[];
  readonly hovers: readonly number[];
  readonly afterEdit: readonly number[];
  readonly memory: number;
}

/** An address that is wrong in another way after every keystroke, so that every keystroke has diagnostics to send. */
function marked(text: string): string {
  const at = text.indexOf("kind: Service\n", Math.floor(text.length / 2));
  const spec = text.indexOf("spec:\n", at) + 6;
  return `${text.slice(0, spec)}  clusterIP: fd00::zz\n${text.slice(spec)}`;
}

async function measure(program: string, keystrokes: number): Promise<Measured> {
  // The first start is long enough to keep what was compiled; the others are what an editor sees every day.
  await starting(program, 4000);
  const starts: number[] = [];
  for (let count = 0; count < 9; count++) starts.push((await starting(program, 0)) - bareStart());
  const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const { connection, diagnostics } = connect(child);
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true } },
  });
  await connection.sendNotification("initialized", {});
  const uri = "file:///bench/bench.yaml";
  const open = await timed(diagnostics, () =>
    connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    }),
  );
  const place = positionOf(text.indexOf("fd00::zz") + 8);
  let version = 2;
  const change = (insert: boolean) => {
    const end = insert ? place : { ...place, character: place.character + 1 };
    const contentChanges = [{ range: { start: place, end }, text: insert ? "z" : "" }];
    return connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: version++ },
      contentChanges,
    });
  };
  const hover = () =>
    connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: positionOf(text.indexOf("ipFamilyPolicy") + 3),
    });
  const keys: number[] = [];
  for (let count = 0; count < keystrokes; count++) keys.push(await timed(diagnostics, () => change(count % 2 === 0)));
  const hovers: number[] = [];
  for (let count = 0; count < 100; count++) hovers.push(await timedCall(hover));
  const afterEdit: number[] = [];
  for (let count = 0; count < 20; count++) {
    const said = diagnostics();
    await change(count % 2 === 0);
    afterEdit.push(await timedCall(hover));
    await said;
  }
  const memory = residentMegabytes(child);
  connection.dispose();
  child.kill("SIGKILL");
  const start = percentile(starts, 50);
  return { start, open, keys: keys.slice(Math.min(20, keystrokes / 5)), hovers: hovers.slice(10), afterEdit, memory };
}

/** One hover after the other from the moment on at which the server begins to read the folder, in a document of a few lines. */
async function hoversWhileScanning(program: string, folder: string): Promise<readonly number[]> {
  const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const { connection } = connect(child);
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "bench" }];
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders,
  });
  const uri = "file:///elsewhere/web.yaml";
  const own = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  clusterIP: fd00::1\n";
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 1, text: own },
  });
  const hover = () =>
    connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: { line: 4, character: 14 } });
  for (let count = 0; count < 200; count++) await hover();
  await connection.sendNotification("initialized", {});
  const times: number[] = [];
  for (const until = performance.now() + 2000; performance.now() < until; ) times.push(await timedCall(hover));
  connection.dispose();
  child.kill("SIGKILL");
  return times;
}

function longest(times: readonly number[]): string {
  return `${percentile(times, 50).toFixed(2)} / ${Math.max(...times).toFixed(1)}`;
}

/** Milliseconds from starting the process to its answer to `initialize`; it is ended `linger` milliseconds later. */
async function starting(program: string, linger: number): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const { connection } = connect(child);
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  const took = performance.now() - started;
  await connection.sendNotification("initialized", {});
  await new Promise((resolve) => setTimeout(resolve, linger));
  connection.dispose();
  child.kill("SIGKILL");
  return took;
}

function connect(child: ChildProcess): { connection: MessageConnection; diagnostics: () => Promise<void> } {
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout as NonNullable<typeof child.stdout>),
    new StreamMessageWriter(child.stdin as NonNullable<typeof child.stdin>),
  );
  let waiting: (() => void)[] = [];
  connection.onNotification("textDocument/publishDiagnostics", () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) =>
      section === "yaml"
        ? { validate: true, hover: true, schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } }
        : {},
    ),
  );
  connection.onRequest(() => null);
  connection.onNotification(() => undefined);
  connection.listen();
  return { connection, diagnostics: () => new Promise((resolve) => waiting.push(resolve)) };
}

async function timed(diagnostics: () => Promise<void>, act: () => Promise<void>): Promise<number> {
  const said = diagnostics();
  const started = performance.now();
  await act();
  await said;
  return performance.now() - started;
}

async function timedCall(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

function positionOf(offset: number): { line: number; character: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length - 1, character: offset - before.lastIndexOf("\n") - 1 };
}

function residentMegabytes({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function bareStart(): number {
  const started = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - started;
}

function pair(times: readonly number[]): string {
  return `${percentile(times, 50).toFixed(2)} / ${percentile(times, 99).toFixed(1)}`;
}
