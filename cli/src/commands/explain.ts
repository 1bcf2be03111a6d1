import { explain as operation } from "#core/operations/explain.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { pagesOf } from "#files/pages.ts";
import { reason } from "#files/reason.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { parse } from "../options.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { positionals } = parse(args, optionsOf(operation));
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new UsageError("one rule, cause or number is explained");
  try {
    const pages = pagesOf(shipped("docs"), name);
    if (pages.length === 0) throw new UsageError(`there is no rule, cause or number "${name}"`);
    terminal.print(pages.map(({ text }) => withoutComment(text)).join("\n"));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    terminal.complain(`kube-ipv6 explain: the page cannot be read: ${reason(error)}`);
    return 3;
  }
}

/** Who made the page is of no use to its reader. */
export function withoutComment(text: string): string {
  return text.replace(/^<!--[^>]*-->\n+/, "");
}
