// Which test files there are, and how they are run: each alone in a process, or a whole folder in one.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "..");

/** What needs a whole machine: a lab, a browser, an editor. One after the other, so that they do not disturb each other. */
function needsMachine(file) {
  return (
    /^test\/(lab|extension)\//.test(file) || /\b(labTest|startLab)\(/.test(readFileSync(path.join(root, file), "utf8"))
  );
}

/**
 * Folders whose tests only call the pure engine: they start nothing and leave nothing behind in their process, so all of a
 * folder share one. To start Node.js and to read the engine's sources costs more than most of them do.
 */
const pure =
  /^test\/(addresses|admission|causes|compare|editor|equality|judging|lint|linux|manifest|nodes|operations|outputs|parity|plan|policy|program-files|ranges|readiness|report|ring|rules|summary|text)\//;

/** Test files in the order of their paths, with `/` on every system. */
export function testFiles() {
  const all = readdirSync(path.join(root, "test"), { recursive: true })
    .map((name) => `test/${name.replaceAll(path.sep, "/")}`)
    .filter((name) => name.endsWith(".test.ts") && !name.startsWith("test/extension/suite/"))
    .sort();
  const heavy = all.filter(needsMachine);
  const light = all.filter((file) => !heavy.includes(file));
  return {
    heavy,
    pure: light.filter((file) => pure.test(file)),
    alone: light.filter((file) => !pure.test(file)),
  };
}

/** Writes into `folder` one module for each folder of test files, which runs all of them; their paths. */
export function together(files, folder) {
  const names = [...new Set(files.map((file) => file.split("/")[1]))];
  return names.map((name) => {
    const module = path.join(folder, `${name}.test.mjs`);
    const members = files.filter((file) => file.startsWith(`test/${name}/`));
    writeFileSync(module, members.map((file) => `import "${pathToFileURL(path.join(root, file))}";\n`).join(""));
    return module;
  });
}
