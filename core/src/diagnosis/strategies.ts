import { type Bytes, bundleArguments, type Want } from "./bundle.ts";
import { nodeProgram, pythonProgram } from "./interpreter-programs.ts";
import { shellProgram } from "./shell-program.ts";

/** A way to fetch a bundle with what a container has. */
export interface Strategy {
  readonly name: string;
  /** The program to run; `cat` can only read files, and no patterns. */
  argv(mark: string, wants: readonly Want[]): string[];
  readonly filesOnly?: boolean;
}

/**
 * In the order they are tried. A shell comes first because nearly every image has one and a shell starts in no time; the
 * interpreters are for images without a shell, and for images whose shell has nothing to dial with.
 */
export const strategies: readonly Strategy[] = [
  program("sh", ["sh", "-c", shellProgram, "sh"], "octal"),
  program("busybox", ["busybox", "sh", "-c", shellProgram, "sh"], "octal"),
  program("python3", ["python3", "-c", pythonProgram], "hex"),
  program("node", ["node", "-e", nodeProgram, "--"], "hex"),
  program("python", ["python", "-c", pythonProgram], "hex"),
  { name: "cat", filesOnly: true, argv: (_mark, wants) => ["cat", ...wants.flatMap((want) => catPaths(want))] },
];

/** One line that no file read here consists of; `cat` prints it between two files. */
export const separatorFile = "/proc/sys/kernel/ostype";
export const separator = "Linux\n";

/** Brings the output of `cat` into the form {@link readBundle} splits. Missing files are named on standard error. */
export function framedCat(mark: string, wants: readonly Want[], stdout: string, stderr: string): string {
  const paths = wants.filter(readable).map((want) => want.path);
  const parts = stdout.split(separator);
  return paths.map((path, index) => framed(mark, path, parts[index] ?? "", stderr)).join("");
}

function framed(mark: string, path: string, text: string, stderr: string): string {
  const error = stderr.split("\n").find((line) => line.includes(`${path}:`) || line.includes(`'${path}'`));
  if (error) return `${mark} E ${path}\n${error}\n`;
  return `${mark} F ${path}\n${text}\n${mark} B ${path}\n${text}\n`;
}

function catPaths(want: Want): string[] {
  return readable(want) ? [want.path, separatorFile] : [];
}

function readable(want: Want): want is Extract<Want, { path: string }> {
  return (want.op === "file" || want.op === "moving") && !want.path.includes("*");
}

function program(name: string, argv: readonly string[], bytes: Bytes): Strategy {
  return { name, argv: (mark, wants) => [...argv, ...bundleArguments(mark, wants, bytes)] };
}
