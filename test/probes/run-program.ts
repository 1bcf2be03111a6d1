import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle, type Reading, readBundle, type Want } from "#core/probing/bundle.ts";
import { started, strategies } from "#core/probing/strategies.ts";

/** A program of ours in a container that has it. */
export interface Runner {
  readonly name: string;
  readonly strategy: "sh" | "python3" | "node";
  /** What it is started with instead of the strategy's own name; a word of two is busybox and an applet. */
  readonly program: string;
  /** Only these programs are on the PATH: this machine's own, or busybox's. */
  readonly only?: readonly string[];
  /** With `only`: scripts beside these programs. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** What the image sets; nothing else is in the environment then but the PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

const applets = ["sh", "cat", "nc", "sleep", "wget", "nslookup", "dd", "od", "true", "grep"];

export const runners: readonly Runner[] = [
  { name: "dash", strategy: "sh", program: "dash", only: applets },
  { name: "bash", strategy: "sh", program: "bash" },
  { name: "dash that finds bash", strategy: "sh", program: "dash" },
  { name: "busybox", strategy: "sh", program: "busybox sh", only: [...applets, "busybox"] },
  { name: "mksh", strategy: "sh", program: "mksh", only: [...applets, "printf"] },
  { name: "python3", strategy: "python3", program: "python3" },
  { name: "node", strategy: "node", program: process.execPath },
];

/** What a test does in the place of the one who asks. */
export interface Client {
  /** Milliseconds between two signs of life; 100 by default. */
  readonly every?: number;
  /** Milliseconds after which nothing more comes on standard input; it stays open. */
  readonly silentAfter?: number;
  /** Nothing comes at all, not even a program. */
  readonly mute?: true;
  /** Milliseconds after which standard input is at its end. */
  readonly closedAfter?: number;
  /** Sends `end` when the hold has begun. */
  readonly ends?: boolean;
  /** Called when it comes to this file, before `go` is sent. */
  readonly go?: { readonly at: string; before(): void };
  /** Called while it runs, with its pid. */
  onStart?(pid: number): void;
}

export interface Ran {
  readonly reading: Reading;
  readonly stdout: string;
  readonly exitCode: number | null;
}

/** Runs a bundle as an exec does, and keeps it company. */
export async function runProgram(runner: Runner, wanted: readonly Want[], client: Client = {}): Promise<Ran> {
  const wants = bundle(wanted);
  const mark = "@mark@";
  const strategy = strategies.find(({ name }) => name === runner.strategy);
  if (!strategy) throw new Error(`no strategy ${runner.strategy}`);
  const { argv, stdin } = started(strategy, mark, wants);
  const [program = "", ...first] = runner.program.split(" ");
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  const own = runner.env && { PATH: process.env.PATH, ...runner.env };
  const env = {
    ...(own ?? process.env),
    ...(runner.only ? { PATH: pathOf(folder, runner.only, runner.scripts) } : {}),
  };
  const child = spawn(placeOf(program), [...first, ...argv.slice(1)], {
    env,
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  client.onStart?.(child.pid ?? 0);
  child.stdin.on("error", () => {});
  if (!client.mute) child.stdin.write(stdin ?? "");
  const pulse = setInterval(() => client.mute || child.stdin.write("\n"), client.every ?? 100);
  if (client.silentAfter !== undefined) setTimeout(() => clearInterval(pulse), client.silentAfter).unref();
  if (client.closedAfter !== undefined) setTimeout(() => child.stdin.end(), client.closedAfter).unref();
  let stdout = "";
  let went = false;
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    stdout += chunk;
    if (client.go && !went && stdout.includes(`${mark} F ${client.go.at}`)) {
      went = true;
      client.go.before();
      child.stdin.write("go\n");
    }
    if (client.ends && stdout.includes(`${mark} W `)) child.stdin.write("end\n");
  });
  const exitCode = await new Promise<number | null>((done) => child.once("close", done));
  clearInterval(pulse);
  rmSync(folder, { recursive: true });
  return { reading: readBundle(mark, stdout, wants), stdout, exitCode };
}

/** Why a runner cannot be tried on this machine. */
export function isMissing({ program, only }: Runner): string | false {
  const needed = [program.split(" ")[0] ?? "", ...(only ? ["busybox"] : [])];
  const missing = needed.filter((each) => placeOf(each) === "");
  return missing.length > 0 ? `${missing.join(", ")} not installed` : false;
}

/** A directory that holds busybox under these names, scripts, and nothing else. */
function pathOf(folder: string, programs: readonly string[], scripts: Runner["scripts"] = {}): string {
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(folder, name), `#!${placeOf("dash")}\n${text}\n`, { mode: 0o755 });
  for (const name of programs) symlinkSync(placeOf("busybox"), join(folder, name));
  return folder;
}

const places = new Map<string, string>();

/** Its path on this machine; empty if it is not there. */
function placeOf(program: string): string {
  const known = places.get(program);
  if (known !== undefined) return known;
  const place = spawnSync("which", [program], { encoding: "utf8" }).stdout.trim();
  places.set(program, place);
  return place;
}
