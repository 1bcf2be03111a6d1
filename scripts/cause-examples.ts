/**
 * The cases that the pages of causes show, in test/causes/examples/. Of a cause that has none yet, the shortest case is taken that its
 * own test proves it by; who wants another deletes the file, or writes it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./one-a-file.ts";

/** Path and text of what is missing. Throws for a cause that its test never proves. */
export function missingExamples(causes: readonly string[]): Map<string, string> {
  const missing = causes.filter((id) => !existsSync(join(root, pathOf(id))));
  return new Map(missing.map((id) => [pathOf(id), shortest(id)]));
}

function pathOf(id: string): string {
  return `test/causes/examples/${id}.json`;
}

function shortest(id: string): string {
  const test = `test/causes/${id}.test.ts`;
  const [first] = provenBy(test, id).sort((a, b) => a.length - b.length);
  if (first === undefined) throw new Error(`${test} proves ${id} by no case, so that its page has none to show`);
  return `${JSON.stringify(JSON.parse(first), undefined, 2)}\n`;
}

/** The cases as JSON, as test/causes/case.ts writes them down. */
function provenBy(test: string, id: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-example-"));
  try {
    const written = join(folder, "proven");
    // Not as a part of the run that may be going on here.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    spawnSync(process.execPath, [join(root, test)], { env: { ...env, KUBE_IPV6_PROVEN: written }, stdio: "ignore" });
    if (!existsSync(written)) return [];
    const cases = readFileSync(written, "utf8").trim().split("\n");
    return cases.map((line) => JSON.parse(line)).flatMap((one) => (one.id === id ? [JSON.stringify(one.given)] : []));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
