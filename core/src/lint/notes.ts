import type { Range } from "../manifest/field.ts";
import type { Checked } from "./checked-document.ts";
import { unknownNames } from "./directives.ts";
import type { NamedRule } from "./rule.ts";

/** Something to know about a document that is no mistake in it: what was not looked at, and comments without effect. */
export interface Note extends Range {
  readonly message: string;
}

/** The names that comments may turn off: the ids of rules and their codes. */
export function namesOfRules(rules: readonly NamedRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ id, rule }) => [id, ...(rule.codes ?? [])]));
}

/** YAML that cannot be read is what other tools underline; here it only says why nothing is said about the document. */
export function notesOf({ document, problems: [problem] }: Checked, names: ReadonlySet<string>): readonly Note[] {
  const unread: Note[] = problem
    ? [
        {
          start: problem.start,
          end: problem.end,
          message: unlooked(problem.message),
        },
      ]
    : [];
  const unknown = unknownNames(document, names).map(({ start, end, name }) => ({
    start,
    end,
    message: `There is no rule "${name}"; a reason stands behind "--"`,
  }));
  return [...unread, ...unknown];
}

function unlooked(message: string): string {
  if (message.includes("left out")) return `Not checked for IPv6: ${message}`;
  const broken = message.includes("no key but text") ? "" : ", since the YAML is broken here";
  return `Checked for IPv6 in part only${broken}: ${message}`;
}
