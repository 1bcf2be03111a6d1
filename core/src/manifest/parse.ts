import { EVENT_ID, type Event, parseEvents, YAMLException } from "js-yaml";
import { maskFlowColons } from "./colons.ts";
import { explained, textsForKeys } from "./missing-blank.ts";
import { type MapNode, type Node, ScalarNode, type SeqNode, scalarOf } from "./node.ts";
import type { Parsed, SyntaxProblem } from "./parsed.ts";
import { parsePlain } from "./plain.ts";
import { leftOut, recover } from "./recover.ts";
import { blankAboveEntries, maskTemplates } from "./template.ts";
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

/** An action on a line of its own, or as a whole value without quotes: for YAML alone this would be something else, or nothing. */
const isTemplate = /^[ \t]*(?:- +)*(?:[\w."'/-]+:[ \t]+)?\{\{/m;

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
  if (/depth/.test(error.reason ?? error.message) || text.length > recoverable)
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

function treeOf(events: readonly Event[], source: string): readonly Node[] {
  const tree = new Tree();
  const anchors = new Map<string, Node>();
  let last = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        tree.open(undefined);
        break;
      case EVENT_ID.POP: {
        const closed = tree.close();
        if (!closed) break;
        closed.end = closed.flow ? flowEnd(source, last) : last;
        last = Math.max(last, closed.end);
        break;
      }
      case EVENT_ID.ALIAS: {
        const name = source.slice(event.anchorStart, event.anchorEnd);
        tree.add(anchors.get(name) ?? new ScalarNode(event.anchorStart - 1, event.anchorEnd, "plain", `*${name}`));
        last = event.anchorEnd;
        break;
      }
      default: {
        const node = nodeOf(event, source, last);
        if (event.anchorStart >= 0) anchors.set(source.slice(event.anchorStart, event.anchorEnd), node);
        tree.add(node);
        if (node.kind !== "scalar") tree.open(node);
        last = Math.max(last, node.end);
      }
    }
  }
  return tree.roots;
}

type Collection = MapNode | SeqNode;

/** The nodes as they come, each put into the collection that is open at the time. */
class Tree {
  readonly roots: Node[] = [];
  /** undefined for a document. */
  readonly #open: (Collection | undefined)[] = [];
  /** Beside each of these the key that waits for its value: a mapping's children come as key, value, key, value. */
  readonly #keys: (ScalarNode | undefined)[] = [];

  open(collection: Collection | undefined): void {
    this.#open.push(collection);
    this.#keys.push(undefined);
  }

  close(): Collection | undefined {
    this.#keys.pop();
    return this.#open.pop();
  }

  add(node: Node): void {
    const top = this.#open.length - 1;
    const into = this.#open[top];
    if (!into) this.roots.push(node);
    else if (into.kind === "seq") into.items.push(node);
    else {
      const key = this.#keys[top];
      if (key) into.pairs.push({ key, value: node });
      this.#keys[top] = key ? undefined : asKey(node);
    }
  }
}

/** A key that is a collection is kept as an empty scalar at its place. */
function asKey(node: Node): ScalarNode {
  return node.kind === "scalar" ? node : new ScalarNode(node.start, node.end, "plain", "");
}

function nodeOf(event: Extract<Event, { type: 2 | 3 | 4 }>, source: string, last: number): Node {
  if (event.type === EVENT_ID.SCALAR) {
    const unwritten = event.valueStart < 0;
    return scalarOf(event, source, unwritten ? vacancy(source, Math.max(last, event.anchorEnd, event.tagEnd)) : last);
  }
  const { start } = event;
  const flow = event.style === 2;
  if (event.type === EVENT_ID.SEQUENCE) return { kind: "seq", start, end: start, flow, items: [] };
  return { kind: "map", start, end: start, flow, pairs: [] };
}

/** Where a value would stand that is not written: behind the colon or the dash that follows. */
function vacancy(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === "#" && /\s/.test(source[at - 1] ?? "")) at = lineEnd(source, at) - 1;
    else if (char === ":" || char === "-") return at + 1;
    else if (!/\s/.test(char ?? "")) return from;
  }
  return from;
}

/** The end of a flow collection whose last child ends at `last`: behind its closing bracket. */
function flowEnd(source: string, last: number): number {
  for (let at = last; at < source.length; at++) {
    const char = source[at];
    if (char === "#") at = lineEnd(source, at);
    else if (char === "]" || char === "}") return at + 1;
  }
  return last;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}
