import { parseEvents, YAMLException } from "js-yaml";
import { maskFlowColons } from "./colons.ts";
import { treeOf } from "./event-tree.ts";
import { explained, textsForKeys } from "./missing-blank.ts";
import type { Node } from "./node.ts";
import type { Parsed, SyntaxProblem } from "./parsed.ts";
import { parsePlain } from "./plain.ts";
import { leftOut, recover } from "./recover.ts";
import { blankAboveEntries, isTemplate, maskTemplates } from "./template.ts";
import { maskScalars } from "./template-scalars.ts";

/** Beyond this many UTF-16 units, text that the fast parser refuses is not given to the recovering one, which is 20 times slower. */
const recoverable = 400_000;

/**
 * Parses YAML text that holds no `---` line except at its start. Never throws. What most manifests are written in
 * is read in one pass, other sound text by js-yaml's event parser; what that refuses goes to `yaml`, which keeps what it can make of it.
 */
export function parseYaml(text: string): Parsed {
  if (!text.includes("{{")) return parseMasked(text, text);
  if (isTemplate.test(text)) return parseMasked(text, maskTemplates(text), asWritten);
  return asWritten(text) ?? parseMasked(text, maskTemplates(text));
}

function asWritten(text: string): Parsed | undefined {
  const tried = parseWhole(maskFlowColons(text), true);
  if (tried instanceof YAMLException || tried.problems.length > 0) return undefined;
  return { ...tried, roots: tried.roots.map((root) => maskScalars(root, text)) };
}

/**
 * `filled` is what is parsed of `text`: the same, or the same length with its actions masked. What parses `otherwise` is not broken,
 * whatever a template would make of it.
 */
function parseMasked(text: string, filled: string, otherwise?: (text: string) => Parsed | undefined): Parsed {
  const templated = filled !== text;
  const masked = maskFlowColons(filled);
  const tried = parseWhole(masked, templated);
  if (tried instanceof YAMLException)
    return otherwise?.(text) ?? entriesBelow(masked) ?? recovered(text, masked, templated, tried);
  return tried.problems.length > 0 ? (otherwise?.(text) ?? tried) : tried;
}

/** Sound but for actions that write the first entries of an item. */
function entriesBelow(masked: string): Parsed | undefined {
  const blanked = blankAboveEntries(masked);
  const tried = blanked === masked ? undefined : parseWhole(blanked, true);
  return !tried || tried instanceof YAMLException || tried.problems.length > 0 ? undefined : tried;
}

/** What stands in sound text, or what the parser of all YAML finds wrong first. */
function parseWhole(masked: string, templated: boolean): Parsed | YAMLException {
  const plain = parsePlain(masked);
  if (plain) return { roots: [plain], problems: textsForKeys([plain], masked), templated };
  try {
    const roots = parseLenient(masked);
    return { roots, problems: textsForKeys(roots, masked), templated };
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

function recovered(text: string, masked: string, templated: boolean, error: YAMLException): Parsed {
  const problem = explained(problemOf(error, text), masked);
  if (/depth/i.test(error.reason ?? error.message) || text.length > recoverable)
    return { ...leftOut(problem), templated };
  const { roots, problems } = recover(masked, problem);
  return {
    roots,
    problems: problems.map((each) => (each === problem ? each : explained(each, masked))),
    templated,
    recovered: true,
  };
}

/** How often a line may be less indented than the YAML specification wants it, in a text of at most so many UTF-16 units. */
const lenience = { times: 20, length: 20_000 };

/**
 * Inside brackets and quotes the parser of kubectl and the API server does not look at indentation: a closing bracket may stand right
 * below its key. Such a line is read as if it went on in the one above, with every offset as it is.
 * {@link https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/scannerc.go}
 */
function parseLenient(text: string): readonly Node[] {
  let source = text;
  let first: unknown;
  for (let left = text.length > lenience.length ? 0 : lenience.times; ; left--)
    try {
      return parseSound(source);
    } catch (error) {
      first ??= error;
      const joined = left > 0 && error instanceof YAMLException ? joinedAt(source, error) : undefined;
      if (joined === undefined) throw first;
      source = joined;
    }
}

/** undefined if it is something else that is wrong, or if the line above ends in a comment. */
function joinedAt(source: string, { reason, mark }: YAMLException): string | undefined {
  if (reason !== "deficient indentation" || !mark) return undefined;
  const newline = source.lastIndexOf("\n", mark.position - 1);
  const above = source.slice(source.lastIndexOf("\n", newline - 1) + 1, Math.max(0, newline));
  if (newline < 0 || /(?:^|\s)#/.test(above)) return undefined;
  return `${source.slice(0, newline).replace(/\r$/, " ")} ${source.slice(newline + 1)}`;
}

/** The roots of sound text, of any YAML; throws a YAMLException at the first thing that is wrong. */
export function parseSound(text: string): readonly Node[] {
  return treeOf(parseEvents(text, { filename: "" }), text);
}

function problemOf(error: YAMLException, text: string): SyntaxProblem {
  const at = Math.min(error.mark?.position ?? 0, Math.max(0, text.length - 1));
  return { start: at, end: Math.min(at + 1, text.length), message: error.reason ?? error.message };
}
