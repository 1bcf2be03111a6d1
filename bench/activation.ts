/**
 * What the extension costs before anybody uses it: `node bench/activation.ts`, with a build in dist/. Each run is a process of its own, in
 * which everything of VS Code is there and does nothing: CPU time of loading extension.cjs and of activate(). And the size of the package,
 * if one was made (`npm run package`).
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { percentile } from "./measure.ts";

const root = path.resolve(import.meta.dirname, "..");

/** Anything: it can be called, made, awaited and looked into, and says nothing. */
const program = `
const anything = () => new Proxy(function () {}, {
  get: (_, key) => (key === "then" ? undefined : key === Symbol.toPrimitive ? () => "" : key === Symbol.iterator ? function* () {} : anything()),
  apply: anything,
  construct: anything,
  set: () => true,
});
const Module = require("node:module");
const load = Module._load;
Module._load = (name, ...more) => (name === "vscode" ? Object.create(anything()) : load(name, ...more));
const cost = (act) => {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
let extension;
const loading = cost(() => { extension = require(${JSON.stringify(path.join(root, "dist/extension.cjs"))}); });
const activating = cost(() => extension.activate(anything()));
process.stdout.write(JSON.stringify({ loading, activating }), () => process.exit());
`;

const runs = Array.from({ length: 25 }, () => {
  const said = execFileSync(process.execPath, ["-e", program], { encoding: "utf8" });
  return JSON.parse(said) as { readonly loading: number; readonly activating: number };
});
const sums = runs.map(({ loading, activating }) => loading + activating);
const ms = (values: readonly number[], percent: number) => `${percentile(values, percent).toFixed(1)} ms`;
console.log(`CPU of loading and activation: median ${ms(sums, 50)}, 90 % within ${ms(sums, 90)} (${runs.length} runs)`);
console.log(
  `  of it activate(): median ${ms(
    runs.map(({ activating }) => activating),
    50,
  )}`,
);

const made = existsSync(path.join(root, "out")) ? readdirSync(path.join(root, "out")) : [];
const vsix = made.findLast((name) => name.endsWith(".vsix"));
if (vsix) console.log(`${vsix}: ${(statSync(path.join(root, "out", vsix)).size / 1e6).toFixed(2)} MB`);
