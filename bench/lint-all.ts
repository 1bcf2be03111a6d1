import { dirname } from "node:path";
import { Prefilter } from "#core/lint/prefilter.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";
import { configsOf, findFiles, withBytesOf } from "../cli/src/files.ts";

/** What the command does with a folder, its output apart. */
export function lintAll(folder: string): void {
  const workspace = new Workspace(rules);
  const prefilter = new Prefilter(rules);
  for (const scope of Map.groupBy(findFiles([folder], configsOf([folder])).found, ({ path }) =>
    dirname(path),
  ).values()) {
    for (const found of scope) {
      const read = withBytesOf(found, (bytes) => ({ documents: prefilter.documents(bytes) }));
      if ("documents" in read && read.documents) workspace.open(found.path, read.documents);
    }
    for (const file of workspace.files) workspace.check(file);
    workspace.clear();
  }
}
