import { readFileSync } from "node:fs";
import path from "node:path";
import { clusterRows } from "#client/tree/cluster.ts";
import type { Row } from "#client/tree/row.ts";
import { View } from "#client/tree/view.ts";
import type { Cluster } from "#core/cluster/cluster.ts";
import { type Recording, recordedCluster } from "#core/cluster/recording.ts";

/** What a real API server of Kubernetes 1.36 answered, with three dual-stack nodes. */
export function realRecording(): Recording {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, "data/cluster.json"), "utf8"));
}

/** Draws a recorded cluster again on every change, as VS Code does, until everything it asked for is answered. */
export function drawn<T>(recording: Recording, draw: (view: View) => T): Promise<T> {
  return drawnOf(recordedCluster(recording), draw);
}

/** The same of any cluster. */
export async function drawnOf<T>(cluster: Cluster, draw: (view: View) => T): Promise<T> {
  let open = 0;
  let wake = () => {};
  const watch: Cluster["watch"] = (type, options, listener) => {
    open++;
    let first = true;
    return cluster.watch(type, options, (event) => {
      if (first) open--;
      first = false;
      // As a live cluster does: what nobody reads is dropped.
      const { keep } = options;
      listener(event.type === "reset" && keep ? { ...event, objects: event.objects.map(keep) } : event);
    });
  };
  const view = new View({ ...cluster, watch }, "lab", () => wake());
  for (;;) {
    const change = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const result = draw(view);
    if (open === 0) return result;
    await change;
  }
}

/** The whole tree of a cluster, every row opened. */
export function wholeTree(view: View): string {
  return outline(clusterRows("c", view), Number.POSITIVE_INFINITY);
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
