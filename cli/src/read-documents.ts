import type { Document } from "#core/manifest/document.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { programOf } from "#core/manifest/program-file.ts";
import { readInPart, type Unjudged } from "#core/report/unjudged.ts";
import { asManifest, readText } from "#files/open.ts";
import { configsOf, findFiles } from "./files.ts";

export interface ReadManifest {
  /** As it was asked for, and absolute. */
  readonly name: string;
  readonly path: string;
  readonly file: ManifestFile;
  readonly documents: readonly Document[];
}

/** The documents of all manifests under the given paths, and what could not be read, or not as a whole. */
export function readDocuments(paths: readonly string[]) {
  const configs = configsOf(paths);
  const { found, missed, empty } = findFiles(paths, configs);
  const unjudged: Unjudged[] = missed.map(({ name, why }) => ({ file: name, message: `was not looked at: ${why}` }));
  for (const name of empty) unjudged.push({ file: name, message: "holds no manifest" });
  const files: ReadManifest[] = [];
  for (const { name, path, named } of found) {
    const result = readText(path, { ...asManifest, named: named === true });
    if ("why" in result) {
      unjudged.push({ file: name, message: `was not looked at: ${result.why}` });
      continue;
    }
    const file = new ManifestFile(result.text, { program: programOf(path, () => result.text) });
    files.push({ name, path, file, documents: file.documents });
    unjudged.push(...problemsOf(name, file));
  }
  unjudged.push(...configs.problems.map((message) => ({ message })));
  return { files, unjudged, configs };
}

/** What of a file was not read as a whole. */
export function problemsOf(name: string, file: ManifestFile): Unjudged[] {
  return file.documents.flatMap((document, index) => {
    const problem = brokenAnyway(document);
    if (!problem) return [];
    const message = readInPart(problem.message, document.text);
    return [{ file: name, line: file.position(index, problem.start).line, message }];
  });
}

/** What is wrong with the YAML of a document, whatever it is about; of a template it is not known what becomes of it. */
export function brokenAnyway(document: Document) {
  return document.text.includes("{{") ? undefined : document.problems[0];
}
