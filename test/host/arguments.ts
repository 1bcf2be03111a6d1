import { statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** What @vscode/test-electron asks of VS Code, as far as this stand-in understands it. */
export interface Arguments {
  extensions: string[];
  tests: string | undefined;
  userDataDir: string | undefined;
  extensionsDir: string | undefined;
  disableExtensions: boolean;
  /** What to open: at most one of the three. */
  folder?: string;
  workspace?: string;
  file?: string;
  /** The question is one that VS Code's server answers itself, such as `--install-extension` or `--version`. */
  forServer: boolean;
}

const WITH_VALUE = new Set([
  ...["extensionDevelopmentPath", "extensionTestsPath", "extensions-dir", "user-data-dir", "folder-uri", "file-uri"],
  ...["install-extension", "uninstall-extension", "locale", "log", "profile"],
]);
const FOR_SERVER = ["version", "install-extension", "uninstall-extension", "list-extensions"];

/** Reads `--name=value`, `--name value`, `--switch` and plain paths. Paths may be `file:` URIs; they come out absolute. */
export function readArguments(argv: readonly string[]): Arguments {
  const { options, plain } = split(argv);
  const last = (name: string) => options.get(name)?.at(-1);
  const file = (name: string) => (last(name) === undefined ? undefined : absolute(last(name) ?? ""));
  const target = last("folder-uri") ?? last("file-uri") ?? plain[0];
  return {
    extensions: (options.get("extensionDevelopmentPath") ?? []).map(absolute),
    tests: file("extensionTestsPath"),
    userDataDir: file("user-data-dir"),
    extensionsDir: file("extensions-dir"),
    disableExtensions: options.has("disable-extensions"),
    ...(target === undefined ? {} : toOpen(absolute(target))),
    forServer: FOR_SERVER.some((name) => options.has(name)),
  };
}

function split(argv: readonly string[]): { options: Map<string, string[]>; plain: string[] } {
  const options = new Map<string, string[]>();
  const plain: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[i] ?? "") ?? [];
    if (name === undefined) plain.push(argv[i] ?? "");
    else options.set(name, [...(options.get(name) ?? []), value ?? (WITH_VALUE.has(name) ? (argv[++i] ?? "") : "")]);
  }
  return { options, plain };
}

function absolute(file: string): string {
  return file.startsWith("file://") ? fileURLToPath(file) : path.resolve(file);
}

function toOpen(target: string): Pick<Arguments, "folder" | "workspace" | "file"> {
  if (target.endsWith(".code-workspace")) return { workspace: target };
  return statSync(target).isDirectory() ? { folder: target } : { file: target };
}
