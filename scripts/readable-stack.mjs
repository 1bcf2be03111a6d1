// Makes a stack of a released, minified bundle readable: `node scripts/readable-stack.mjs < stack.txt`, with the bundles' maps
// in out/, where scripts/build.mjs leaves them and a release keeps them. Lines that name no bundle pass as they are.
import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";

const maps = new Map();

function mapOf(bundle) {
  if (!maps.has(bundle)) {
    const file = path.resolve(import.meta.dirname, "../out", `${bundle}.map`);
    maps.set(bundle, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, "utf8"))) : undefined);
  }
  return maps.get(bundle);
}

/** `.../dist/cli-main.cjs:12:345` becomes `core/src/lint/run-rule.ts:40:12`. */
export function readable(stack) {
  return stack.replace(/[^\s()]*?([\w-]+\.cjs):(\d+):(\d+)/g, (place, bundle, line, column) => {
    const entry = mapOf(bundle)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry?.originalSource) return place;
    return `${entry.originalSource.replace(/^(\.\.\/)+/, "")}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

if (import.meta.filename === process.argv[1]) process.stdout.write(readable(await text(process.stdin)));
