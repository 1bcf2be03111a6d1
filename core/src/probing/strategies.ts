import { type Bytes, bundleArguments, type Want } from "./bundle.ts";
import { nodeProgram, pythonProgram } from "./interpreter-programs.ts";
import { shellProgram } from "./shell-program.ts";

/** A way to fetch a bundle with what a container has. */
export interface Strategy {
  readonly name: string;
  /** The program to run; `cat` can only read files, and no patterns. */
  argv(mark: string, wants: readonly Want[]): string[];
  /** The same with the program on standard input, for what would not fit into a URL. */
  readonly piped?: { argv(mark: string, wants: readonly Want[]): string[]; readonly stdin: string };
  readonly filesOnly?: boolean;
}

/**
 * In the order they are tried. A shell comes first because nearly every image has one and a shell starts in no time; the
 * interpreters are for images without a shell, and for images whose shell has nothing to dial with.
 */
export const strategies: readonly Strategy[] = [
  {
    ...program("sh", ["sh", "-c", shellProgram, "sh"], "octal"),
    // The braces make the shell read the whole program before it runs any of it.
    piped: { argv: program("sh", ["sh", "-s"], "octal").argv, stdin: `{\n${shellProgram}\n}\n` },
  },
  program("python3", ["python3", "-c", pythonProgram], "hex"),
  program("node", ["node", "-e", nodeProgram, "--"], "hex"),
  program("python", ["python", "-c", pythonProgram], "hex"),
  { name: "cat", filesOnly: true, argv: (_mark, wants) => ["cat", ...wants.flatMap((want) => catPaths(want))] },
];

/**
 * The strategies for an image, the likeliest first: official images of languages bring the interpreter and a shell that cannot
 * dial, so that starting with the shell would take two execs.
 */
export function strategiesFor(image: string): readonly Strategy[] {
  const hint = byImage.find(([pattern]) => pattern.test(image))?.[1];
  return [...strategies.filter((one) => one.name === hint), ...strategies.filter((one) => one.name !== hint)];
}

const byImage: readonly (readonly [RegExp, string])[] = [
  [/^(docker\.io\/)?(library\/|bitnami\/)?node[:@]|\/nodejs[^/]*$/, "node"],
  [/^(docker\.io\/)?(library\/|bitnami\/)?python[:@]|\/python3?[^/]*$/, "python3"],
];

/**
 * How to start a strategy. The command of an exec travels in its URL, for which Node's servers and some load balancers have
 * 16 KiB with all headers; standard input needs Kubernetes 1.30 or newer, so that it is kept for long commands.
 */
export function started(strategy: Strategy, mark: string, wants: readonly Want[]): { argv: string[]; stdin?: string } {
  const argv = strategy.argv(mark, wants);
  const length = argv.reduce((sum, word) => sum + encodeURIComponent(word).length + "&command=".length, 0);
  if (!strategy.piped || length < longestCommand) return { argv };
  return { argv: strategy.piped.argv(mark, wants), stdin: strategy.piped.stdin };
}

const longestCommand = 13_000;

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
