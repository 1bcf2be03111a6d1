import { type Input, type Operation, optionText } from "../operation.ts";

/** What may stand at the cursor. */
export interface ShellCompletion {
  readonly words: readonly { readonly word: string; readonly says: string }[];
  /** A file or a folder may stand there as well. */
  readonly files: boolean;
}

/** What only the machine knows: names of contexts, of rules and causes. Each is asked only where one may stand. */
export interface MachineNames {
  contexts(): readonly string[];
  pages(): readonly string[];
}

/** What may come next. `words`: what stands behind the program's name up to the cursor, the last of them unfinished or empty. */
export function complete(
  operations: readonly Operation[],
  words: readonly string[],
  known: MachineNames,
): ShellCompletion {
  const [name, ...rest] = words;
  if (name === undefined || rest.length === 0)
    return only(
      name ?? "",
      operations.map((one) => ({ word: one.name, says: one.summary })),
    );
  const operation = operations.find((one) => one.name === name);
  if (!operation) return nothing;
  const current = rest.at(-1) ?? "";
  const before = rest.slice(0, -1);
  if (before.includes("--")) return operandOf(operation, current, known);
  const asked = inputOf(operation, before.at(-1) ?? "");
  if (asked?.[1].takes !== undefined) return wordsFor(asked, current, known);
  const [, option = "", value] = /^--([^=]+)=(.*)$/.exec(current) ?? [];
  const assigned = Object.hasOwn(operation.inputs, option) ? operation.inputs[option] : undefined;
  if (assigned && value !== undefined) {
    const { words: values, files } = wordsFor([option, assigned], value, known);
    return { words: values.map(({ word, says }) => ({ word: `--${option}=${word}`, says })), files };
  }
  if (current.startsWith("-")) return only(current, options(operation, before));
  return operandOf(operation, current, known);
}

const nothing: ShellCompletion = { words: [], files: false };

function only(start: string, words: ShellCompletion["words"]): ShellCompletion {
  return { words: words.filter(({ word }) => word.startsWith(start)), files: false };
}

/** `-n`, `--namespace` */
function inputOf({ inputs }: Operation, word: string): readonly [string, Input] | undefined {
  return Object.entries(inputs).find(([name, { short }]) => word === `--${name}` || (short && word === `-${short}`));
}

/** Those that were not given yet, or may be given again. */
function options({ inputs }: Operation, before: readonly string[]): ShellCompletion["words"] {
  const given = (name: string, { short }: Input) =>
    before.some((word) => word === `--${name}` || word.startsWith(`--${name}=`) || (short && word === `-${short}`));
  return Object.entries(inputs)
    .filter(([name, input]) => input.repeatable || !given(name, input))
    .map(([name, input]) => ({ word: `--${name}`, says: firstLine(input.says) || optionText(name, input) }));
}

function wordsFor([name, { takes }]: readonly [string, Input], current: string, known: MachineNames): ShellCompletion {
  if (typeof takes === "object")
    return only(
      current,
      takes.map((word) => ({ word, says: "" })),
    );
  if (name === "context")
    return only(
      current,
      known.contexts().map((word) => ({ word, says: "" })),
    );
  if (takes === "RULE")
    return only(
      current,
      known.pages().map((word) => ({ word, says: "" })),
    );
  return { words: [], files: takes === "FILE" };
}

function operandOf({ name, operands }: Operation, current: string, known: MachineNames): ShellCompletion {
  if (name === "explain")
    return only(
      current,
      known.pages().map((word) => ({ word, says: "" })),
    );
  if (operands?.words)
    return only(
      current,
      operands.words.map((word) => ({ word, says: "" })),
    );
  return { words: [], files: operands?.name === "paths" };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
