import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { PageParts } from "#core/report/page/page.ts";
import { shipped } from "./shipped.ts";

/** What a page in a file of its own wears and runs: it has all it needs in it. */
export function pageParts(): PageParts {
  const read = (name: string) => readFileSync(shipped(`media/${name}`), "utf8");
  return {
    style: read("report-alone.css") + read("report.css"),
    script: read("report.js"),
    hash: (text) => createHash("sha256").update(text).digest("base64"),
  };
}
