// Runs in the extension host in front of the real tests. What they print goes to a file which the launcher follows, apart
// from the workbench's log; and that they passed is written down, because a killed extension host looks like a pass.
const fs = require("node:fs");
const util = require("node:util");

exports.run = async () => {
  const { VSCODE_HOST_TESTS: tests, VSCODE_HOST_OUTPUT: output, VSCODE_HOST_VERDICT: verdict } = process.env;
  const descriptor = fs.openSync(output, "a");
  const write = (text) => {
    fs.writeSync(descriptor, text);
    return true;
  };
  // Assigning to the extension host's console has no effect: its setters do nothing.
  for (const name of ["log", "info", "warn", "error", "debug"]) {
    const value = (...args) => withoutBindings(args[0]) || write(`${util.format(...args)}\n`);
    Object.defineProperty(console, name, { configurable: true, writable: true, value });
  }
  process.stdout.write = write;
  process.stderr.write = write;
  await require(tests).run();
  fs.writeFileSync(verdict, "passed");
};

/** VS Code's logger is a native module which the stand-in leaves unbuilt; its absence is only a very long line. */
function withoutBindings(error) {
  return error instanceof Error && error.message.startsWith("Could not locate the bindings file");
}
