// `npm test`: installs what is missing and runs everything; `-- --light` leaves out what needs a whole machine. Runs on any
// Node.js from 20, with nothing installed.
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { installPackages, run } from "./install.mjs";
import { testFiles, together } from "./test-files.mjs";

const light = process.argv.includes("--light");
installPackages();
if (!light) run("node", ["test/lab/setup.ts"]);
step("types", "tsc", ["-b"]);
step("format, lint, imports", "biome", ["ci", "--max-diagnostics=50", "."]);
step("bundles", "node", ["scripts/build.mjs"]);
const own = mkdtempSync(path.join(tmpdir(), "kube-ipv6-tests-"));
process.on("exit", () => rmSync(own, { recursive: true, force: true }));
// Whoever is interrupted ends by itself, and this program after it.
process.on("SIGINT", () => {});
const files = testFiles();
// What one process has compiled, the next need not compile again.
const environment = { NODE_COMPILE_CACHE: path.join(own, "compiled") };
// Milliseconds: what hangs is ended and named.
const tests = (atOnce, ...named) => ["--test", "--test-timeout=900000", `--test-concurrency=${atOnce}`, ...named];
step("tests", "node", tests(availableParallelism(), ...together(files.pure, own), ...files.alone), environment);
if (!light) step("tests with a lab and with VS Code", "node", tests(1, ...files.heavy), environment);

function step(title, program, args, environment = {}) {
  console.log(`\n== ${title}`);
  const started = performance.now();
  const status = run(program, args, environment);
  if (status !== 0) {
    console.error(`== ${title}: failed`);
    process.exit(status);
  }
  console.log(`== ${title}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
