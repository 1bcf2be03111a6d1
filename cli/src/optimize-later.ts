import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";

/** How often a function is called before V8 13, of Node.js 24, optimizes it, by the flag: as it comes, and as is best for seconds. */
const calls = {
  "invocation-count-for-maglev": [400, 2000],
  "invocation-count-for-turbofan": [10_000, 100_000],
} as const;

/**
 * For a process that ends soon: of a second of CPU time V8 spends a third on optimizing functions, most of which are hardly called any
 * more. It waits longer then. {@link https://nodejs.org/docs/latest-v24.x/api/v8.html#v8setflagsfromstringflags}
 */
export function optimizeLater(): void {
  // Others have other flags and other numbers.
  if (!versions.v8.startsWith("13.")) return;
  const set = (which: 0 | 1) => {
    for (const [flag, counts] of Object.entries(calls)) setFlagsFromString(`--${flag}=${counts[which]}`);
  };
  set(1);
  // Before what was compiled is kept: it is taken again by those alone that have the same flags.
  process.prependOnceListener("exit", () => set(0));
}
