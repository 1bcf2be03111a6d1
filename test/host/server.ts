import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { VSCODE } from "./install.ts";

/** A running VS Code server on 127.0.0.1. */
export interface Server {
  port: number;
  /** Everything it printed so far. */
  log(): string;
  /** Resolves with the exit code or the signal when it ends. */
  ended: Promise<number | string>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** User settings, over `SETTINGS`; only written when the user data folder has none yet. */
  settings?: Record<string, unknown>;
  userDataDir?: string;
  extensionsDir?: string;
  /** Reaches the extension host, except names that start with VSCODE_ (but for VSCODE_HOST_) or ELECTRON_. */
  env?: Record<string, string>;
  args?: string[];
  /** Whether folders are asked about before they are trusted, as on the desktop; otherwise all of them are. */
  asksForTrust?: boolean;
  onLog?: (text: string) => void;
}

/** The arguments with which VS Code's server-main.js stands in for the `code` command line. */
export const SERVER_MAIN = path.join(VSCODE, "out/server-main.js");

/** So that nothing asks for attention but what is tested. */
export const SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "npm.fetchOnlinePackageInfo": false,
  "files.simpleDialog.enable": true,
};

/** No gallery is asked, and the kubeconfig of whoever runs the tests is never read. */
const ISOLATED = { EXTENSIONS_GALLERY: "{}", KUBECONFIG: "/no/such/kubeconfig" };

// Built-in extensions that these tests can do without, since fewer start faster. Only ones without a `browser` entry may
// go: the web workbench has its own list of the others, and would try, with an error toast, to run them in a web worker.
const DROPPED = [
  ...["copilot", "git", "github", "microsoft-authentication", "ms-vscode.js-debug", "ms-vscode.js-debug-companion"],
  ...["grunt", "gulp", "jake", "php-language-features", "terminal-suggest", "tunnel-forwarding"],
  ...["debug-auto-launch", "debug-server-ready"],
];

/** Starts VS Code's own server directly on a free port; nothing is written outside the folders given and a temporary one. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const folder = mkdtempSync(path.join(tmpdir(), "vscode-host-"));
  const data = options.userDataDir ?? path.join(folder, "user-data");
  const extensions = options.extensionsDir ?? path.join(folder, "extensions");
  mkdirSync(extensions, { recursive: true });
  writeSettings(data, options.settings ?? {});
  const builtin = linkBuiltinExtensions(path.join(folder, "builtin"));
  const child = spawn(
    process.execPath,
    [
      ...[
        SERVER_MAIN,
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--without-connection-token",
        "--accept-server-license-terms",
      ],
      ...["--server-data-dir", data, "--user-data-dir", data, "--extensions-dir", extensions],
      ...["--builtin-extensions-dir", builtin, "--telemetry-level", "off", "--disable-telemetry"],
      ...["--disable-experiments", "--force-disable-user-env", ...(options.args ?? [])],
      ...(options.asksForTrust ? [] : ["--disable-workspace-trust"]),
    ],
    { env: serverEnvironment({ ...ISOLATED, ...options.env }), stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal ?? 1));
    child.once("error", (error) => resolve(error.message));
  });
  const abandon = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", abandon);
  const stop = async () => {
    process.off("exit", abandon);
    await end(child, ended);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const { port, log } = await listening(child, ended, options.onLog);
  return { port, log, ended, stop };
}

/** This process's environment without what would confuse a VS Code server that was started inside a VS Code terminal. */
export function serverEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const foreign = (name: string) => /^(VSCODE_|ELECTRON_)/.test(name) && !name.startsWith("VSCODE_HOST_");
  return Object.fromEntries(Object.entries({ ...process.env, ...extra }).filter(([name]) => !foreign(name)));
}

/** In a window of a server, settings of the machine are the server's: those of the user would not count. */
function writeSettings(data: string, settings: Record<string, unknown>): void {
  const own = Object.entries(settings).filter(([name]) => name.startsWith("kube-ipv6."));
  writeOnce(path.join(data, "User/settings.json"), { ...SETTINGS, ...settings });
  writeOnce(path.join(data, "Machine/settings.json"), Object.fromEntries(own));
}

function writeOnce(file: string, settings: Record<string, unknown>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(settings, null, 2));
}

function linkBuiltinExtensions(target: string): string {
  mkdirSync(target);
  const source = path.join(VSCODE, "extensions");
  for (const name of readdirSync(source)) {
    if (!DROPPED.includes(name)) symlinkSync(path.join(source, name), path.join(target, name));
  }
  return target;
}

function listening(child: ChildProcess, ended: Promise<number | string>, onLog?: (text: string) => void) {
  let output = "";
  return new Promise<{ port: number; log(): string }>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      onLog?.(String(chunk));
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve({ port: Number(port), log: () => output });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    void ended.then((how) => reject(new Error(`VS Code's server ended (${how}) before it listened\n${output}`)));
  });
}

async function end(child: ChildProcess, ended: Promise<number | string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(force);
}
