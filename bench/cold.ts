/**
 * What `kube-ipv6 lint` costs whoever starts it for many files, as CI does, against parsing the same files with `yaml` and against
 * yamllint: fresh processes, and what a second look in one process costs, in one run. `node bench/cold.ts [FOLDER]`; needs `npm run build`, and Debian's yamllint for its row.
 * Without a folder there are more than 20,000 files, made up as public repositories are. yamllint and
 * the second look of `yaml` are given the first of their folders alone. A run of more than two seconds keeps nothing compiled for the next.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childTicks, percentile, ratio, table } from "./measure.ts";
import { repository } from "./repository.ts";

const made = process.argv[2] === undefined ? manyRepositories() : undefined;
const folder = process.argv[2] ?? (made as string);
const part = made ? join(made, "0") : folder;

const cli = join(import.meta.dirname, "../dist/cli.cjs");
const lint = [process.execPath, cli, "lint", "--quiet", folder];
const parser = `const { parseAllDocuments } = require("yaml"); const { readFileSync } = require("fs");
for (const file of JSON.parse(readFileSync(0, "utf8"))) parseAllDocuments(readFileSync(file, "utf8"));`;

const warm = [process.execPath, join(import.meta.dirname, "warm.ts")];
const [all, some] = [manifests(folder), manifests(part)];
const peers: readonly Peer[] = [
  { name: "kube-ipv6 lint", command: lint, files: all },
  {
    name: "kube-ipv6 lint, nothing kept compiled",
    command: lint,
    files: all,
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
  },
  { name: "yaml", command: [process.execPath, "-e", parser], files: all, input: JSON.stringify(all) },
  ...(existsSync("/usr/bin/yamllint")
    ? [{ name: "yamllint", command: ["/usr/bin/yamllint", "-d", "relaxed", part], files: some }]
    : []),
  { name: "kube-ipv6's engine, a second time", command: [...warm, "lint", folder], files: all, prints: true },
  { name: "yaml, a second time", command: [...warm, "yaml", part], files: some, prints: true },
];

const runs = new Map<Peer, Cost[]>(peers.map((peer) => [peer, []]));
// What takes minutes differs little from run to run.
for (const rounds of [[...runs], [...runs].slice(0, 2), [...runs].slice(0, 2)])
  for (const [peer, costs] of rounds) costs.push(await run(peer));
const parsers = peers.filter(({ name }) => name.startsWith("yaml,") || name === "yaml");
const yaml = (prints = false) => perFile(parsers.find((peer) => (peer.prints ?? false) === prints) as Peer);
table(
  ["what", "files", "MB", "CPU s", "µs a file", "to yaml's", "peak MB"],
  peers.map((peer) => [
    peer.name,
    String(peer.files.length),
    (peer.files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6).toFixed(0),
    (median(peer, "cpu") / 1000).toFixed(2),
    perFile(peer).toFixed(0),
    ratio(perFile(peer), yaml(peer.prints)),
    median(peer, "peak").toFixed(0),
  ]),
);
if (made) rmSync(made, { recursive: true });

interface Peer {
  readonly name: string;
  readonly command: readonly string[];
  readonly files: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It says itself what it took, since what came before does not count. */
  readonly prints?: true;
}

/** Milliseconds, megabytes. */
interface Cost {
  readonly cpu: number;
  readonly peak: number;
}

function median(peer: Peer, what: keyof Cost): number {
  return percentile(
    (runs.get(peer) ?? []).map((cost) => cost[what]),
    50,
  );
}

function perFile(peer: Peer): number {
  return (median(peer, "cpu") * 1000) / peer.files.length;
}

async function run({ command: [program = "", ...args], input = "", env = {}, prints }: Peer): Promise<Cost> {
  const before = childTicks();
  const options = { cwd: join(import.meta.dirname, ".."), env: { ...process.env, ...env } };
  const child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.on("error", () => undefined).end(input);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed = (printed + text).slice(0, 20)));
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child))), 20);
  await new Promise((ended) => child.once("close", ended));
  clearInterval(watch);
  return { cpu: prints ? Number(printed) : (childTicks() - before) * 10, peak };
}

/** The kernel remembers the most there was, so that only what is taken in the last moment is missed. */
function peakOf({ pid }: ChildProcess): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) / 1000;
  } catch {
    return 0;
  }
}

function manifests(top: string): readonly string[] {
  return readdirSync(top, { recursive: true })
    .map((name) => join(top, String(name)))
    .filter((name) => /\.ya?ml$/.test(name) && statSync(name).isFile());
}

function manyRepositories(): string {
  const top = mkdtempSync(join(tmpdir(), "kube-ipv6-bench-"));
  const one = repository();
  for (let copy = 0; copy < 20; copy++) cpSync(one, join(top, String(copy)), { recursive: true });
  rmSync(one, { recursive: true });
  return top;
}
