import type { Checked } from "../lint/checked-document.ts";
import { folderOf } from "../lint/config-files.ts";
import { saysNothing } from "../lint/prefilter.ts";
import type { Finding } from "../lint/rule.ts";
import type { Workspace } from "../lint/workspace.ts";
import type { Document } from "../manifest/document.ts";
import { Alone } from "./alone.ts";
import { build } from "./build.ts";
import type { BuiltObject } from "./built-object.ts";
import type { Files } from "./files.ts";
import type { Root } from "./graph.ts";
import { keepingSecrets } from "./kept-secrets.ts";
import { ownObjects } from "./own-objects.ts";
import { type PrintedParts, print, type WrittenPlace } from "./print.ts";
import { type Source, sourceKey } from "./source.ts";

/** A finding in what is built, at the place where it was written. */
export interface BuiltFinding extends WrittenPlace {
  readonly finding: Finding;
  /** The rule asked what other resources say. */
  readonly asking: boolean;
  /** Its document stands in the build as it was written, so that its fixes fit. */
  readonly whole: boolean;
}

/** What the rules say of a build. */
export interface JudgedBuild {
  readonly folder: string;
  /** The name of the Kustomization of Flux that patches it. */
  readonly flux?: string;
  /** The documents that took part, by their keys. */
  readonly of: ReadonlySet<string>;
  /** Those that are not in it as they were written, or that made others so. */
  readonly changed: ReadonlySet<string>;
  /** The documents whose objects are among what is built. */
  readonly homes: ReadonlySet<string>;
  /** What values of Secrets that are filled in are told by. */
  readonly secrets: ReadonlySet<string>;
  /** By the keys of documents. */
  readonly findings: ReadonlyMap<string, readonly BuiltFinding[]>;
  /** This is all that is built, as far as a reader of files can tell. */
  readonly sure: boolean;
  /** What there is of it is as it is built, as far as that can be told. */
  readonly clear: boolean;
}

/** A document of the build, and where what stands in it was written. */
interface BuiltDocument {
  readonly file: string;
  readonly document: Document;
  readonly source?: Source;
  readonly printed?: PrintedParts;
  readonly object?: BuiltObject;
}

interface Found extends BuiltFinding {
  readonly by: BuiltDocument;
  readonly object: BuiltObject | undefined;
  /** The document it is said of, where that was printed. */
  readonly printed: Document | undefined;
}

/**
 * Judges what a kustomization builds, in a workspace in which each build is a scope of its own. What rules say that look at other objects
 * counts where they say it of these files and of one that holds all of them: what is far away may be held against nothing, and what is
 * missing in one file may stand in another. Where there may be more than can be read, it has to be said of the file alone as well.
 */
export function* judging(root: Root, files: Files, workspace: Workspace): Generator<undefined, JudgedBuild> {
  const made = printing(root, files);
  // What nests without end is said of as it stands.
  const { applied } = root;
  const by = applied && applied.flux.patches.length > 0 ? { flux: applied.flux.name } : {};
  const known = { folder: root.folder, ...by, of: none, changed: none, homes: none, secrets: none };
  if (!made) return { ...known, findings: new Map(), sure: false, clear: false };
  const { objects, others, of, changed, unknown, clear, documents, secrets } = made;
  const sure = unknown.length === 0;
  yield;
  const scope = String(++judgings);
  const byFile = [...Map.groupBy(documents, ({ file }) => file)].sort(([a], [b]) => (a < b ? -1 : 1));
  const found = yield* said(
    byFile.map(([file, own]) => ({ name: `${scope}\n${root.folder}\n${file}`, documents: own })),
    workspace,
  );
  const together = new Set((yield* inOne(`${scope}\n${root.folder}\n`, documents, found, workspace)).map(keyOf));
  const alone = new Alone(files, workspace);
  const counts = (one: Found) =>
    !one.asking || (together.has(keyOf(one)) && (sure || alone.says(one.finding.rule, one.from, one)));
  // What a file is said of by itself is not said once more of who carries it.
  const isTold = ({ inFile, from, finding }: Found) => {
    const file = inFile === undefined ? undefined : files.path(folderOf(from.file), inFile);
    return file !== undefined && alone.saysIn(file, finding);
  };
  const counted = found.filter((one) => counts(one) && !isTold(one)).map((one) => (sure ? byPatch(one, alone) : one));
  const findings = Map.groupBy(counted, ({ from }) => sourceKey(from));
  const homes = new Set([...objects.flatMap(({ home }) => home ?? []), ...others].map(sourceKey));
  return { ...known, of, changed, homes, secrets, findings, sure, clear };
}

const none: ReadonlySet<string> = new Set();

function printing(root: Root, files: Files) {
  try {
    const secrets = new Set<string>();
    const { applied } = root;
    const by = applied && { ...applied, values: applied.values && keepingSecrets(applied.values, secrets) };
    const made = build(root.folder, files, root.writesInto, by);
    return { ...made, documents: documentsOf(made.objects, made.others, files), secrets };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Each is in a scope of its own, also where one is given up and begun again. */
let judgings = 0;

/** What is wrong with an object since it is patched is the patch's matter. */
function byPatch(found: Found, alone: Alone): BuiltFinding {
  const { object, from, printed, filled = [] } = found;
  if (filled.length > 0 || !object?.patch || !object.home || !printed || sourceKey(from) !== sourceKey(object.home))
    return found;
  // What it is for the sake of another object is nobody's patch.
  if (found.asking && !alone.saysOf(printed, from.file, found.finding)) return found;
  const { field, from: by } = object.patch;
  return alone.says(found.finding.rule, from, found)
    ? found
    : { ...found, from: by, start: field.start, end: field.end, path: field.path, whole: false };
}

function* said(
  files: readonly { readonly name: string; readonly documents: readonly BuiltDocument[] }[],
  workspace: Workspace,
): Generator<undefined, readonly Found[]> {
  const found: Found[] = [];
  try {
    for (const { name, documents } of files)
      workspace.open(
        name,
        documents.map(({ document }) => document),
      );
    for (const { name, documents } of files)
      for (const [index, checked] of (yield* workspace.checking(name)).entries())
        found.push(...placed(checked, documents[index] as BuiltDocument));
  } finally {
    for (const { name } of files) workspace.close(name);
  }
  return found;
}

/** Of what was found for the sake of other resources, what is found where all documents stand in one file. */
function* inOne(
  name: string,
  documents: readonly BuiltDocument[],
  found: readonly Found[],
  workspace: Workspace,
): Generator<undefined, readonly Found[]> {
  const wanted = new Map<number, Set<string>>();
  for (const { asking, by, finding } of found)
    if (asking) {
      const index = documents.indexOf(by);
      wanted.set(index, (wanted.get(index) ?? new Set()).add(finding.rule));
    }
  if (wanted.size === 0) return [];
  try {
    workspace.open(
      name,
      documents.map(({ document }) => document),
    );
    const checked = yield* workspace.asking(name, wanted);
    return [...checked].flatMap(([index, one]) => placed(one, documents[index] as BuiltDocument));
  } finally {
    workspace.close(name);
  }
}

function keyOf({ finding, from, start }: BuiltFinding): string {
  return `${finding.rule} ${start} ${sourceKey(from)}`;
}

function placed({ findings, asking }: Checked, by: BuiltDocument): readonly Found[] {
  const { source, printed, object, document } = by;
  return findings.flatMap((finding): Found[] => {
    const { start, end, path } = finding;
    const as = { finding, asking: asking.has(finding.rule), by, object, printed: printed && document };
    if (source) return [{ from: source, start, end, path, whole: true, ...as }];
    const origin = printed?.origin(finding);
    return origin ? [{ ...origin, whole: false, ...as }] : [];
  });
}

function documentsOf(
  objects: readonly BuiltObject[],
  others: readonly Source[],
  files: Files,
): readonly BuiltDocument[] {
  const documents = others.flatMap((source): BuiltDocument[] => {
    const document = files.document(source);
    return document && !saysNothing(document) ? [{ file: source.file, document, source }] : [];
  });
  for (const [key, own] of Map.groupBy(objects, ({ home }) => (home ? sourceKey(home) : ""))) {
    const source = own[0]?.home;
    const document = key === "" || !source ? undefined : files.document(source);
    if (
      source &&
      document &&
      own.every(({ changed }) => !changed) &&
      own.length === ownObjects(document, true).length
    ) {
      if (!saysNothing(document)) documents.push({ file: source.file, document, source });
      continue;
    }
    // Of what nothing is to be said as it stands nothing is because it is in another namespace.
    if (document && ownObjects(document, false).length === 0 && own.every(({ patched }) => !patched)) continue;
    const said = document?.text.match(/^[ \t]*# kube-ipv6-(?:cluster|kubernetes)\b.*$/gm)?.join("\n");
    for (const object of own) {
      const printed = print(object.root, said === undefined ? "" : `${said.trim()}\n`);
      const made = printed && files.printed(printed.text);
      if (made) documents.push({ file: source?.file ?? "", document: made, printed, object });
    }
  }
  return documents;
}
