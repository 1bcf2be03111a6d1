import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { type Arguments, readArguments } from "./arguments.ts";
import { develop, remoteUri, startBrowser, workbenchUrl } from "./browser.ts";
import { SERVER_MAIN, type Server, serverEnvironment, startServer } from "./server.ts";

const VERBOSE = process.env.VSCODE_HOST_VERBOSE !== undefined;
const LIMIT_MS = Number(process.env.VSCODE_HOST_TIMEOUT_MS ?? 600_000);
const ENTRY = path.join(import.meta.dirname, "test-entry.cjs");

/** Runs the extension tests in VS Code's server with its web workbench in a headless Chromium; 0 is "the tests passed". */
async function runTests(args: Arguments & { tests: string }): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "vscode-host-run-"));
  const output = path.join(folder, "output");
  const verdict = path.join(folder, "verdict");
  writeFileSync(output, "");
  const follower = follow(output);
  const server = await startServer({
    ...(args.userDataDir === undefined ? {} : { userDataDir: args.userDataDir }),
    ...(args.extensionsDir === undefined ? {} : { extensionsDir: args.extensionsDir }),
    env: { VSCODE_HOST_TESTS: args.tests, VSCODE_HOST_OUTPUT: output, VSCODE_HOST_VERDICT: verdict },
    ...(VERBOSE ? { onLog: note } : {}),
  });
  const browser = await startBrowser();
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const complaints: string[] = [];
  try {
    const exit = await expectExit(page, server, complaints);
    await develop(page, server.port, args.extensions, ENTRY);
    await page.goto(workbenchUrl(server.port, opened(args, server.port)));
    const code = await exit.code;
    follower.catchUp();
    return judge(code, verdict, server);
  } catch (error) {
    follower.catchUp();
    const tail = [...complaints.slice(-10), server.log().split("\n").slice(-20)].flat().join("\n");
    console.error(`vscode-host: ${error instanceof Error ? error.message : error}\n${tail}`);
    return 1;
  } finally {
    follower.stop();
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A killed or crashed extension host also arrives as exit code 0, so only the test entry's own word is a pass. */
function judge(code: number, verdict: string, server: Server): number {
  if (code !== 0) return code;
  const said = existsSync(verdict) ? readFileSync(verdict, "utf8") : "nothing";
  if (said === "passed") return 0;
  const log = server
    .log()
    .split("\n")
    .filter((line) => line.includes("Extension Host Process"));
  console.error(`vscode-host: the extension host ended before the tests did (it said ${said})\n${log.join("\n")}`);
  return 1;
}

/** The workbench reports the end of the tests by calling a function of the page; anything else that ends is a failure. */
async function expectExit(page: Page, server: Server, complaints: string[]): Promise<{ code: Promise<number> }> {
  const calls = new EventEmitter();
  const code = new Promise<number>((resolve, reject) => {
    calls.once("exit", resolve);
    page.once("crash", () => reject(new Error("the workbench page crashed")));
    page.once("close", () => reject(new Error("the workbench page closed")));
    void server.ended.then((how) => reject(new Error(`VS Code's server ended early (${how})`)));
    setTimeout(() => reject(new Error(`no result after ${LIMIT_MS} ms`)), LIMIT_MS).unref();
  });
  code.catch(() => undefined);
  page.on("pageerror", (error) => complaints.push(`page error: ${error.stack ?? error.message}`));
  await page.exposeFunction("codeAutomationExit", (exit: number) => calls.emit("exit", exit));
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    const line = `${type}: ${args.map(String).join(" ")}`;
    if (type === "error") complaints.push(line);
    if (VERBOSE) note(`${line}\n`);
  });
  return { code };
}

function opened(args: Arguments, port: number): Parameters<typeof workbenchUrl>[1] {
  const payload: [string, string][] = [];
  if (args.disableExtensions) payload.push(["disableExtensions", "true"]);
  if (args.file !== undefined) payload.push(["openFile", remoteUri(port, args.file)]);
  if (args.workspace !== undefined) return { workspace: args.workspace, payload };
  return args.folder === undefined ? { payload } : { folder: args.folder, payload };
}

/** Copies to stdout what the tests append to a file; their console is not the workbench's own noisy log. */
function follow(file: string): { catchUp(): void; stop(): void } {
  const descriptor = openSync(file, "r");
  const buffer = Buffer.alloc(65_536);
  const catchUp = () => {
    for (let n = readSync(descriptor, buffer); n > 0; n = readSync(descriptor, buffer)) {
      process.stdout.write(Buffer.from(buffer.subarray(0, n)));
    }
  };
  const timer = setInterval(catchUp, 50);
  const stop = () => {
    clearInterval(timer);
    closeSync(descriptor);
  };
  return { catchUp, stop };
}

function note(text: string): void {
  process.stderr.write(`[host ${(performance.now() / 1000).toFixed(2)}] ${text}`);
}

async function main(argv: string[]): Promise<number> {
  const args = readArguments(argv);
  if (args.forServer) {
    const server = [SERVER_MAIN, "--accept-server-license-terms", ...argv];
    return spawnSync(process.execPath, server, { stdio: "inherit", env: serverEnvironment() }).status ?? 1;
  }
  if (args.tests === undefined) {
    console.error("This stand-in for VS Code only runs extension tests (--extensionTestsPath).");
    return 2;
  }
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  return runTests({ ...args, tests: args.tests });
}

const code = await main(process.argv.slice(2));
// @vscode/test-electron stops reading as soon as this process ends: give it the time to read the rest.
setTimeout(() => process.exit(code), 200);
