/**
 * What it costs the language server to tell the findings of a whole workspace (`kube-ipv6.check: workspace`) in place of those of the files
 * that are open: memory once everything is read, and CPU time of a keystroke. `node bench/check.ts`, with a build in dist/. Linux alone.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { Client } from "#test/server/client.ts";
import { table } from "./measure.ts";
import { repository } from "./repository.ts";

const rows: string[][] = [];
for (const [what, folder] of [
  ["as repositories are, most of them of no interest", repository()],
  ["2,000 with findings in each", worst()],
] as const) {
  for (const check of ["openFiles", "workspace"]) rows.push([what, check, ...(await measured(check, folder))]);
  rmSync(folder, { recursive: true });
}
table(["files", "kube-ipv6.check", "read and checked, CPU s", "memory, MB", "a keystroke, CPU ms"], rows);

/** The manifests of the examples, over and over, 20 in a folder. */
function worst(): string {
  const top = mkdtempSync(join(tmpdir(), "kube-ipv6-bench-"));
  const text = readFileSync(join(import.meta.dirname, "../examples/web.yaml"), "utf8");
  for (let file = 0; file < 2000; file++) {
    const team = join(top, `team-${file % 100}`);
    mkdirSync(team, { recursive: true });
    writeFileSync(join(team, `${file}.yaml`), text.replaceAll("name: web", `name: web-${file}`));
  }
  return top;
}

async function measured(check: string, folder: string): Promise<string[]> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith(".yaml"));
  const name = files.find((file) => file.startsWith("team-")) ?? "";
  const text = readFileSync(join(folder, name), "utf8");
  const client = new Client();
  const pid = client.process.pid as number;
  const uri = pathToFileURL(join(folder, name)).href;
  await client.start({
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
    initializationOptions: { settings: { check } },
  });
  await client.open(uri, text);
  await quiet(pid);
  const read = ticks(pid);
  const memory = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]) / 1000;
  const strokes = 200;
  const start = { line: 0, character: 0 };
  for (let stroke = 0; stroke < strokes; stroke++) {
    await client.change(uri, stroke % 2 ? "" : "#\n", { start, end: stroke % 2 ? { line: 1, character: 0 } : start });
    // The server answers in order, so that this was checked.
    await client.hover(uri, start);
  }
  await quiet(pid);
  const each = ((ticks(pid) - read) * 10) / strokes;
  await client.stop();
  return [(read / 100).toFixed(1), memory.toFixed(0), each.toFixed(2)];
}

/** CPU time of a process, in ticks of 10 ms. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Until it has done nothing for two seconds. */
async function quiet(pid: number): Promise<void> {
  for (let [before, same] = [-1, 0]; same < 4; ) {
    await wait(500);
    const now = ticks(pid);
    same = now - before < 2 ? same + 1 : 0;
    before = now;
  }
}
