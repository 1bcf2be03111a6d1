import { hasParts } from "../manifest/chart-values.ts";
import { kindless, writtenAs } from "../manifest/classify.ts";
import { holdsFile } from "../manifest/embedded.ts";
import { holdsNamedFile } from "../manifest/files-in-values.ts";
import { anyOf, type Mentions, wordOf } from "../manifest/mentions.ts";
import { mayHold } from "../manifest/wrappers.ts";

/** Three quarters of the bytes in public repositories: schemas and their descriptions, no address that is used. */
export const schema = "CustomResourceDefinition";

/**
 * The kinds of resource that a text may hold: every word behind a `kind:`, wherever it stands, since that may be an item of a
 * List or an object in a ConfigMap, and what may stand in these without a word. undefined if it cannot be told like this: for a
 * template's, and for files of other formats. The same list for the same kinds, where it can be.
 */
export function kindsIn(text: string, mentions: Mentions): readonly string[] | undefined {
  const found = new Set<string>();
  let atTop = false;
  const written = /kind\\?["']?\s*:\s*\\?["']?(\w*)/g;
  for (let match = written.exec(text); match; match = written.exec(text)) {
    const { 1: kind = "", index } = match;
    const startsLine = index === 0 || text.charCodeAt(index - 1) === newline;
    if (kind === schema && startsLine) return [schema];
    atTop ||= startsLine;
    found.add(kind);
  }
  if (!atTop && (mentions.has(parts) || mentions.has(namedFile))) return undefined;
  if (found.has("") || found.has("NetworkAttachmentDefinition")) return undefined;
  const kinds = withHeld(namedBy(found, atTop), mentions);
  if (kinds.includes("HelmValues") && mentions.has(namedFile)) return undefined;
  return kinds.includes("ConfigMap") && mentions.any(files) ? undefined : kinds;
}

const newline = 10;
const parts = wordOf(hasParts);
const namedFile = wordOf(holdsNamedFile);
const files = anyOf(holdsFile.map(wordOf));

function namedBy(found: ReadonlySet<string>, atTop: boolean): readonly string[] {
  if (found.size === 0) return kindless;
  const [only = "", ...more] = found;
  const named = more.length === 0 ? kindsOf(only) : [...new Set([...found].flatMap(kindsOf))];
  // What says its kind further in only is wrapped up in something that has none.
  return atTop ? named : [...new Set([...kindless, ...named])];
}

const meant = new Map<string, readonly string[]>();

/** The items of a list need not repeat their kind. */
function kindsOf(written: string): readonly string[] {
  let kinds = meant.get(written);
  if (!kinds) {
    const one = written.replace(/List$/, "");
    const all = [written, one, ...Object.keys(writtenAs).filter((kind) => writtenAs[kind]?.includes(one))];
    kinds = [...new Set(all)];
    meant.set(written, kinds);
  }
  return kinds;
}

/** With what objects of these kinds may hold, and what that may. */
function withHeld(kinds: readonly string[], mentions: Mentions): readonly string[] {
  let all: string[] | undefined;
  const add = (kind: string) => {
    if ((all ?? kinds).includes(kind)) return;
    all ??= [...kinds];
    all.push(kind);
  };
  if (mentions.has(parts)) for (const kind of ofParts) add(kind);
  for (let at = 0; at < (all ?? kinds).length; at++)
    for (const { word, kinds: held } of mayHold((all ?? kinds)[at] as string))
      if (!word || mentions.has(word)) for (const kind of held) add(kind);
  return all ?? kinds;
}

/** What parts of a chart's values, and of operators' objects, are judged as. */
const ofParts = ["Service", "Installation"];
