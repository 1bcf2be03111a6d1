/**
 * `npm run new -- rule|cause|probe|topic|snippet|command ID`: writes the file and its test, as they stand in templates.ts. The test
 * fails until both are filled in: nobody forgets what is left. docs/architecture.md says what each of them is.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./one-a-file.ts";
import { templates } from "./templates.ts";
import type { Files } from "./templates-of-diagnosis.ts";

/** The files for one thing of a kind; undefined for a kind that is not known, or an id that is no file's name. */
export function filesFor(kind: string, id: string, probe?: string): Files | undefined {
  const named = [id, ...(probe === undefined ? [] : [probe])].every((one) => /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(one));
  const known = Object.hasOwn(templates, kind) && (probe === undefined || kind === "cause");
  return named && known ? templates[kind]?.(id, probe) : undefined;
}

function main([kind = "", id = "", probe]: readonly string[]): number {
  const files = filesFor(kind, id, probe);
  if (!files) {
    console.error(
      `Usage: npm run new -- ${Object.keys(templates).join("|")} ID      (ID in small letters: two-families)\n       npm run new -- cause ID PROBE      with a probe of its own that surrounds the dials`,
    );
    return 2;
  }
  const there = Object.keys(files).find((file) => existsSync(path.join(root, file)));
  if (there) {
    console.error(`${there} is there already`);
    return 2;
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
  console.log("Fill in what says TODO, then: npm test");
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
