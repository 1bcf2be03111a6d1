import type { OutpostView } from "./containers.ts";
import { nodeProgram } from "./node-program.ts";
import { pythonProgram } from "./python-program.ts";
import { shellProgram, shellStart } from "./shell-program.ts";
import { type BytesNotation, bundleArguments, type Want } from "./want.ts";

/** A way to fetch a bundle with what a container has. */
export interface Strategy {
  readonly name: string;
  /** The program to run; `cat` can only read files, and no patterns. */
  argv(wants: readonly Want[]): string[];
  /** What comes on standard input before the mark. */
  stdin?(wants: readonly Want[]): string;
  readonly filesOnly?: boolean;
  /** Kilobytes of memory that have to be left; a shell looks by itself before it starts anything. */
  readonly needs: number;
}

export const shell: Strategy = {
  ...program("sh", 0, ["sh", "-c", shellStart, "sh"], "octal"),
  stdin: (wants) => `${shellProgram(wants)}.\n`,
};

/** No PYTHONPATH, no site: agents that watch an application are started by either in every python of its container. */
const alone = ["-E", "-s", "-S", "-c"];

/**
 * In the order they are tried. A shell comes first because nearly every image has one and a shell starts in no time; the
 * interpreters are for images without a shell, and for images whose shell has nothing to dial with.
 */
export const strategies: readonly Strategy[] = [
  shell,
  program("python3", 20_000, ["python3", ...alone, pythonProgram], "hex"),
  program("node", 80_000, ["node", "-e", nodeProgram, "--"], "hex"),
  program("python", 20_000, ["python", ...alone, pythonProgram], "hex"),
  { name: "cat", needs: 0, filesOnly: true, argv: (wants) => ["cat", ...wants.flatMap((want) => catPaths(want))] },
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

/** `sh -c PROGRAM sh`; what it is to do comes behind. */
const shellWords = 4;

/**
 * How to start a strategy. The mark comes on standard input: what a process is started with is seen by all others of its
 * container. So does the program of a shell: the command of an exec travels in its URL, for which Node's servers and some load
 * balancers have 16 KiB with all headers.
 */
export function started(
  strategy: Strategy,
  mark: string,
  wants: readonly Want[],
  { prefix = [], within }: Pick<OutpostView, "prefix" | "within"> = {},
): { argv: string[]; stdin?: string } {
  const plain = strategy.argv(wants);
  const inside =
    within === undefined ? plain : [...plain.slice(0, shellWords), "O", within, ...plain.slice(shellWords)];
  const argv = [...prefix, ...inside];
  return strategy.filesOnly ? { argv } : { argv, stdin: `${strategy.stdin?.(wants) ?? ""}${mark}\n` };
}

/** One line that no file read here consists of; `cat` prints it between two files. */
const separatorFile = "/proc/sys/kernel/ostype";
export const separator = "Linux\n";

/**
 * Brings the output of `cat` into the form {@link readBundle} splits. Missing files are named on standard error. A file that
 * holds the separator could pass its lines off as another file's, so that then none of them counts.
 */
export function framedCat(mark: string, wants: readonly Want[], stdout: string, stderr: string): string {
  const paths = wants.filter(readable).map((want) => want.path);
  const parts = stdout.split(separator);
  if (parts.length !== paths.length + 1) return paths.map((path) => `${mark} E ${path}\n${doubtful}\n`).join("");
  return paths.map((path, index) => framed(mark, path, parts[index] ?? "", stderr)).join("");
}

const doubtful = "one of the files holds the line that stands between two files";

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

function program(name: string, needs: number, argv: readonly string[], bytes: BytesNotation): Strategy {
  return { name, needs, argv: (wants) => [...argv, ...bundleArguments(wants, bytes)] };
}
