// `npm run demo`: lints examples/ and diagnoses the recorded demo cluster; `-- --editor` opens both in a VS Code in the
// browser. Runs on any Node.js from 20, with nothing installed.
import { installPackages, run } from "./install.mjs";

installPackages();
if (run("node", ["scripts/build.mjs"]) !== 0) process.exit(1);

show("kube-ipv6 lint examples", ["lint", "examples"]);
show("kube-ipv6 diagnose --demo", ["diagnose", "--demo"]);
if (process.argv.includes("--editor")) process.exitCode = run("node", ["test/host/demo.ts"]);
else console.log("\n`npm run demo -- --editor` opens the extension in a VS Code in the browser.");

/** Findings are what a demo is for: exit code 1 is as good as 0. */
function show(title, args) {
  console.log(`\n$ ${title}`);
  const status = run("node", ["dist/cli.cjs", ...args]);
  if (status > 1) process.exit(status);
}
