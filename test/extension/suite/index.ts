import Mocha from "mocha";

/** What VS Code calls in the extension host; the suites register themselves as they are loaded, in this order. */
export async function run(): Promise<void> {
  const grep = process.env.MOCHA_GREP;
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 90_000, ...(grep === undefined ? {} : { grep }) });
  mocha.suite.emit("pre-require", globalThis, "index.ts", mocha);
  await import("./activation.ts");
  await import("./manifest.ts");
  await import("./plan.ts");
  await import("./fix-all.ts");
  await import("./linting.ts");
  await import("./task.ts");
  await import("./tree.ts");
  await import("./diagnosis.ts");
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()));
  });
}
