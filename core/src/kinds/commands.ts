import type { Edit } from "../manifest/edit.ts";
import type { Field, Place } from "../manifest/field.ts";

/** A command of a container, of its probes or of its hooks. */
export interface ContainerCommand {
  /** Without its path. */
  readonly program: string;
  /** What stands behind it. */
  readonly words: readonly CommandWord[];
}

export interface CommandWord {
  readonly text: string;
  readonly at: Place;
  /** undefined in a script, whose blanks and quotes are its author's. */
  remove(): Edit | undefined;
  replace(text: string): Edit | undefined;
}

/** Commands written as lists of words, and the simple commands of scripts (`sh -c "..."`), in the order written. */
export function commandsOf(container: Field): readonly ContainerCommand[] {
  return commandLines(container).flatMap(([first, ...rest]) => {
    const program = nameOf(first?.text ?? "");
    if (/^(?:ba|da|a|z)?sh$/.test(program)) return rest.flatMap(scriptCommands);
    return [{ program, words: rest.map(listedWord) }];
  });
}

function listedWord(field: Field): CommandWord {
  return {
    text: field.text ?? "",
    at: field,
    remove: () => field.remove(),
    replace: (text) => field.replace(text),
  };
}

/** The commands of a container's probes and hooks, each as it is written. */
export function handlerCommands(container: Field): readonly (readonly Field[])[] {
  const handlers = [
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => container.get(probe)),
    ...["postStart", "preStop"].map((hook) => container.get("lifecycle", hook)),
  ];
  return handlers.map((handler) => handler?.get("exec", "command")?.items() ?? []);
}

function commandLines(container: Field): readonly (readonly Field[])[] {
  const own = ["command", "args"].flatMap((list) => container.get(list)?.items() ?? []);
  return [own, ...handlerCommands(container)];
}

/** What stands behind a pipe, a semicolon or a bracket is another command. */
function scriptCommands(script: Field): readonly ContainerCommand[] {
  return [...(script.text ?? "").matchAll(/[^;&|()`\n]+/g)].map((command) => {
    const words = [...command[0].matchAll(/\S+/g)].map(({ 0: text, index }) => {
      const start = command.index + index;
      const at = script.within(start, start + text.length);
      return { text, at, remove: () => undefined, replace: () => undefined };
    });
    const from = words.findIndex(
      ({ text }) => !/^(?:\w+=.*|exec|if|then|while|until|do|!|time|sudo|timeout|\d+)$/.test(text),
    );
    return { program: nameOf(words[from]?.text ?? ""), words: words.slice(from + 1) };
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
