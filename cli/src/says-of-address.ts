import { describeLiteral } from "#core/editor/hover/address.ts";

/** What the editor's hover says, a line each, without its Markdown. */
export function saysOf(text: string): readonly string[] | undefined {
  return describeLiteral(text.replace(/^\[(.*)\]$/, "$1"))
    ?.split("\n\n")
    .map((line) => line.replace(/\*\*|`/g, "").replace(/\[([^[\]]*)\]\(([^()]*)\)/g, "$1: $2"));
}
