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

/**
 * At the end it is said again how many tests there were: what comes between is long.
 * @param mayFail how many files may fail and be run once more, alone: a lab is many processes, and the machine may be busy. They are named.
 */
function runTests(title, atOnce, named, mayFail = 2) {
  const closing = path.join(own, "closing.jsonl");
  const options = [
    "--test",
    // Milliseconds: what hangs is ended and named.
    "--test-timeout=900000",
    `--test-concurrency=${atOnce}`,
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...["--test-reporter=./scripts/closing.mjs", `--test-reporter-destination=${closing}`],
  ];
  const told = () =>
    readFileSync(closing, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const failed = () => told().flatMap(({ failed }) => failed ?? []);
  // What one process has compiled, the next need not compile again.
  const environment = { NODE_COMPILE_CACHE: path.join(own, "compiled") };
  const passed = step(title, "node", [...options, ...named], environment, () => {
    const count = failed().length;
    return count > 0 && count <= mayFail;
  });
  const { tests, ...counts } = told().find(({ counts }) => counts)?.counts ?? {};
  const shown = ["passed", "failed", "cancelled", "skipped"].map((what) => `${counts[what]} ${what}`);
  said.push(`== ${title}: ${tests} tests, ${shown.join(", ")}`);
  if (passed) return;
  const again = failed().map((file) => path.relative(".", file));
  runTests(`once more: ${again.join(", ")}`, 1, again, 0);
}

/** Ends the program if it fails and may not; says whether it did not fail. */
function step(title, program, args, environment = {}, mayFail = () => false) {
  console.log(`\n== ${title}`);
  const started = performance.now();
  const status = run(program, args, environment);
  if (status !== 0) {
    console.error(`== ${title}: failed`);
    if (!mayFail()) process.exit(status);
  }
  console.log(`== ${title}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}
