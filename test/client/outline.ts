import { readFileSync } from "node:fs";
import path from "node:path";
import type { Row } from "#client/tree/row.ts";
import { View } from "#client/tree/view.ts";
import { type Recording, recordedCluster } from "#core/recording.ts";

/** What a real API server of Kubernetes 1.36 answered, with three dual-stack nodes. */
export function realRecording(): Recording {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, "data/cluster.json"), "utf8"));
}

/** Draws a recorded cluster again and again until drawing asks nothing new, as VS Code does on every change. */
export async function drawn<T>(recording: Recording, draw: (view: View) => T): Promise<T> {
  let events = 0;
  const view = new View(recordedCluster(recording), "lab", () => events++);
  for (;;) {
    const before = events;
    const result = draw(view);
    await new Promise((resolve) => setImmediate(resolve));
    if (events === before) return result;
  }
}

/** Rows as indented lines, "! " before what is marked, down to a depth. */
export function outline(rows: readonly Row[], depth = 1, indent = ""): string {
  return rows
    .map(({ label, description = "", tone, children }) => {
      const line = `${indent}${tone === undefined || tone === "good" ? "" : "! "}${label}  ${description}`.trimEnd();
      const below = depth > 1 && children !== undefined ? outline(children(), depth - 1, `${indent}  `) : "";
      return below === "" ? line : `${line}\n${below}`;
    })
    .join("\n");
}

/** What stands below a row, found by opening one after the other as far as they are there. */
export function open(rows: readonly Row[], ...labels: readonly string[]): readonly Row[] {
  const [label, ...rest] = labels;
  if (label === undefined) return rows;
  const row = rows.find((each) => each.label === label);
  return row === undefined ? rows : open(row.children?.() ?? [], ...rest);
}
