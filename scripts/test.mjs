// `npm test`: installs what is missing and runs everything; `-- --light` leaves out what needs a whole machine. Runs on any
// Node.js from 20, with nothing installed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { installPackages, run } from "./install.mjs";
import { testFiles, together } from "./test-files.mjs";

const light = process.argv.includes("--light");
installPackages();
if (!light) run("node", ["test/lab/setup.ts"]);
// First of all: what was added is known to the types once the indexes are written.
step("what is generated", "node", ["--test", "test/generated.test.ts"]);
step("types", "tsc", ["-b"]);
step("format, lint, imports", "biome", ["ci", "--max-diagnostics=50", "."]);
step("bundles", "node", ["scripts/build.mjs"]);
const own = mkdtempSync(path.join(tmpdir(), "kube-ipv6-tests-"));
process.on("exit", () => rmSync(own, { recursive: true, force: true }));
// Whoever is interrupted ends by itself, and this program after it.
process.on("SIGINT", () => {});
const files = testFiles();
const said = [];
// Whoever only waits for a while leaves its processor to another.
runTests("tests", availableParallelism() + 1, [...together(files.pure, own), ...files.alone]);
if (!light) runTests("tests with a lab and with VS Code", 1, files.heavy);
console.log(`\n${said.join("\n")}`);

/** At the end it is said again how many tests there were: what comes between is long. */
function runTests(title, atOnce, named) {
  const closing = path.join(own, "closing.tap");
  const options = [
    "--test",
    // Milliseconds: what hangs is ended and named.
    "--test-timeout=900000",
    `--test-concurrency=${atOnce}`,
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...["--test-reporter=tap", `--test-reporter-destination=${closing}`],
  ];
  // What one process has compiled, the next need not compile again.
  step(title, "node", [...options, ...named], { NODE_COMPILE_CACHE: path.join(own, "compiled") });
  const counts = readFileSync(closing, "utf8").matchAll(/^# (tests|pass|fail|cancelled|skipped) (\d+)$/gm);
  said.push(`== ${title}: ${[...counts].map(([, what, count]) => `${count} ${what}`).join(", ")}`);
}

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
