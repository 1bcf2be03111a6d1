import { ManifestFile } from "#core/manifest/file.ts";
import type { Unjudged } from "#core/report/unjudged.ts";
import { UsageError } from "../command.ts";
import { problemsOf, type ReadManifest, readDocuments } from "../read-documents.ts";
import { type ToolArguments, text, texts } from "./tool.ts";

/** As in an answer: what was given as text has no name of its own. */
export const givenName = "manifest";

/** The documents of the files or of the text that an agent gave, and what of them could not be read. */
export function givenDocuments(given: ToolArguments): {
  readonly files: readonly Pick<ReadManifest, "name" | "documents">[];
  readonly unjudged: readonly Unjudged[];
} {
  const manifest = text(given, "manifest");
  const paths = givenPaths(given);
  if (manifest === undefined) return readDocuments(paths);
  const file = new ManifestFile(manifest);
  return { files: [{ name: givenName, documents: file.documents }], unjudged: problemsOf(givenName, file) };
}

/** Either paths or a text. */
export function givenPaths(given: ToolArguments): readonly string[] {
  const paths = texts(given, "paths");
  const manifest = text(given, "manifest");
  if (manifest === undefined && paths.length === 0) throw new UsageError("paths or manifest is needed");
  if (manifest !== undefined && paths.length > 0) throw new UsageError("either paths or manifest, not both");
  return paths;
}
