/** Milliseconds of CPU time for the second of two looks at a folder in one process: `node bench/warm.ts lint|yaml FOLDER`, for cold.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { lintAll } from "./lint-all.ts";

const [what, folder = "."] = process.argv.slice(2);
const look = what === "lint" ? () => lintAll(folder) : parseAll;
look();
const before = process.cpuUsage();
look();
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);

function parseAll(): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (/\.ya?ml$/.test(name)) parseAllDocuments(readFileSync(join(folder, name), "utf8"));
}
