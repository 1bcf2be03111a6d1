import { causes } from "../causes/index.ts";
import type { Read } from "../outputs/read-output.ts";

/** What a pasted text says, for people; the words of others are made printable by whoever prints. */
export function readToText({ signs, seen, notUnderstood }: Read): string {
  const said = signs.flatMap(({ line, family, says, pointsTo }) => [
    `line ${line}  ${family}  ${says}`,
    ...pointsTo.map((id) => `    would show it: ${causes[id].summary} [${id}]`),
  ]);
  const what = seen.map(({ title, lines }) => `${title} (${many(lines)})`).join(", ");
  const rest = notUnderstood.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
  return [
    ...(signs.length === 0 && seen.length > 0 ? ["Nothing odd stands in what was understood."] : said),
    "",
    seen.length === 0 ? "None of it is the output of a program that is known here." : `Understood: ${what}.`,
    ...(rest === "" ? [] : [`Not understood: line ${rest}.`]),
    ...(signs.length === 0 ? [] : ["Nothing was dialled: kube-ipv6 diagnose proves which of these it is."]),
    "",
  ].join("\n");
}

function many(lines: number): string {
  return `${lines} line${lines === 1 ? "" : "s"}`;
}
