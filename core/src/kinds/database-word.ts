import type { Field } from "../manifest/field.ts";
import { commandWordsOf, onceOf } from "./containers.ts";
import type { GivenText } from "./given-texts.ts";
import { imageName, ipv4Program } from "./runtime.ts";

/**
 * What a database takes for every address of both families, in the place of the 0.0.0.0 that stands at `start`; undefined where none
 * is told to listen.
 */
export function databaseWord({ text, container, variable }: GivenText, start: number): "*" | "::" | undefined {
  const before = text.slice(0, start);
  if (/listen[_-]addresses=$/.test(before)) return "*";
  if (/\b(?:mysqld|mariadbd)\b.*--bind[_-]address=$/.test(before)) return "::";
  return variable === undefined ? databaseWords.find(([name]) => name.test(databaseName(container)))?.[1] : undefined;
}

const databaseWords = [
  [/^postgres(?:ql)?$/, "*"],
  [/^(?:mysqld?|mariadbd?)$/, "::"],
] as const;

/** By the command, or without one by the image. */
function databaseName(container: Field): string {
  return onceOf(container, databaseName, () => {
    const command = container.get("command")?.items() ?? [];
    return ipv4Program(commandWordsOf(container)) ?? (command.length === 0 ? imageName(container) : "");
  });
}
