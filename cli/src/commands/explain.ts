import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { pagesOf } from "#files/pages.ts";
import { reason } from "#files/reason.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { parse } from "../options.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "explain",
  listed: 120,
  summary: "what a rule or a cause says, why, an example and its source",
  usage: "RULE|CAUSE|NUMBER",
  operands: {
    name: "name",
    says: "a rule (host-bits), a cause (forwarding-off) or a number of the catalogue (SVC005)",
  },
  says: `Prints the page of a rule or of a cause: what it says, why it matters, where the fact stands, what is reported and what is
right. The names stand in square brackets behind each finding and each proven cause.`,
  inputs: {},
  tool: {
    title: "Explain a rule or a cause",
    says: "Why a rule of the linter or a root cause of a diagnosis matters, with an example of what is wrong and what is right, and the source of the fact. Takes the name that lint and diagnose give.",
    takes: [],
    required: ["name"],
  },
  exits: { 0: "there is such a page", 2: "there is no such rule or cause", 3: "the page cannot be read" },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { positionals } = parse(args, optionsOf(operation));
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new UsageError("one rule, cause or number is explained");
  try {
    const pages = pagesOf(shipped(""), name);
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
function withoutComment(text: string): string {
  return text.replace(/^<!--[^>]*-->\n+/, "");
}
