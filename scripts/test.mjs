// `npm test`: installs what is missing and runs everything; `-- --light` leaves out what needs a whole machine. Runs on any
// Node.js from 20, with nothing installed.
import { readdirSync } from "node:fs";
import path from "node:path";
import { installPackages, root, run } from "./install.mjs";

/** What needs a whole machine: a lab, a browser, an editor. One after the other, so that they do not disturb each other. */
const heavy =
  /^test\/(lab|extension|causes\/lab|cluster\/lab|diagnosis\/lab|cli\/(diagnose|killed|levels|rights|targets|unkind))/;

const light = process.argv.includes("--light");
installPackages();
if (!light) run("node", ["test/lab/setup.ts"]);
step("types", "tsc", ["-b"]);
step("format, lint, imports", "biome", ["ci", "--max-diagnostics=50", "."]);
step("bundles", "node", ["scripts/build.mjs"]);
// Milliseconds: what hangs is ended and named.
const limit = "--test-timeout=900000";
const all = filesOf("test");
step("tests", "node", ["--test", limit, ...all.filter((file) => !heavy.test(file))]);
const whole = all.filter((file) => heavy.test(file));
if (!light) step("tests with a lab and with VS Code", "node", ["--test", limit, "--test-concurrency=1", ...whole]);

/** Test files in the order of their paths, with `/` on every system. */
function filesOf(folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll(path.sep, "/")}`)
    .filter((name) => name.endsWith(".test.ts") && !name.startsWith("test/extension/suite/"))
    .sort();
}

function step(title, program, args) {
  console.log(`\n== ${title}`);
  const started = performance.now();
  const status = run(program, args);
  if (status !== 0) {
    console.error(`== ${title}: failed`);
    process.exit(status);
  }
  console.log(`== ${title}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
