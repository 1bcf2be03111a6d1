import { pipedText } from "../migration/commands.ts";
import type { Migration } from "../migration/migration.ts";
import type { Task } from "../migration/task.ts";
import { codeSpan, escapedMarkdown } from "../text/markdown.ts";
import { printable, printableIn, printableJson } from "../text/printable.ts";

export const goals = {
  dual: "From one family to two",
  "ipv6-first": "From one family to two, and IPv6 first",
} as const;

/** A checklist to be worked off from above. */
export function migrationToMarkdown({ to, phases, refused }: Migration): string {
  const sections = phases.map(
    ({ title, tasks }, index) => `## ${index + 1}. ${title}\n\n${tasks.map(item).join("\n")}`,
  );
  const not = refused.map(({ object, why }) => `- ${escapedMarkdown(object)}: ${escapedMarkdown(why)}`);
  const last = not.length === 0 ? [] : [`## What to leave as it is\n\n${not.join("\n")}`];
  return `${[`# ${goals[to]}`, ...sections, ...last].join("\n\n")}\n`;
}

function item({ title, why, commands, input, interrupts, watch, undo, undoInput }: Task): string {
  return [
    `- [ ] ${escapedMarkdown(title)}`,
    `  ${escapedMarkdown(why)}`,
    ...commands.map((command) => `  - run ${codeSpan(pipedText(command, input))}`),
    ...(interrupts === undefined ? [] : [`  - interrupts: ${escapedMarkdown(interrupts)}`]),
    ...(watch === undefined ? [] : [`  - watch ${codeSpan(watch)}`]),
    ...(undo === undefined ? [] : [`  - undo ${codeSpan(pipedText(undo, undoInput))}`]),
  ].join("\n");
}

/** The commands alone, a line each, with what has to be done by hand as comments: to be read before it is run. */
export function migrationToCommands({ phases, refused }: Migration): string {
  const lines = phases.flatMap(({ title, tasks }) => [
    `# ${title}`,
    ...tasks.flatMap(({ title: what, commands, input, interrupts, undo, undoInput }) => [
      ...(commands.length === 0 ? [`#   by hand: ${printable(what)}`] : []),
      ...(interrupts === undefined || commands.length === 0 ? [] : [`#   interrupts: ${printable(interrupts)}`]),
      ...commands.map((command) => printable(pipedText(command, input))),
      ...(undo === undefined ? [] : [`#   undo: ${printable(pipedText(undo, undoInput))}`]),
    ]),
    "",
  ]);
  const not = refused.map(({ object, why }) => `# not ${printable(object)}: ${printable(why)}`);
  return `${[...lines, ...not].join("\n")}\n`;
}

export function migrationToJson(migration: Migration, exitCode: number): string {
  return printableJson(
    `${JSON.stringify({ kind: "kube-ipv6 migration", version: 1, exitCode, ...printableIn(migration) }, undefined, 2)}\n`,
  );
}
