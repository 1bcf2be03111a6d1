import { join } from "node:path";
import { startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { cacheDirectory } from "#test/lab/plan.ts";
import { killedAndStarted, killing, levels } from "./kill.ts";
import { killedCapture, killedFix } from "./kill-others.ts";

/**
 * `node test/cli/kill-often.ts 30 [LEVEL ...]`: kills diagnoses of all levels, captures and fixes at so many random moments together, and
 * says what was left of each.
 */
const [times = "30", ...asked] = process.argv.slice(2);
// What is killed leaves nothing compiled, but what is started after it does.
process.env.NODE_COMPILE_CACHE ??= join(cacheDirectory, "compiled");
const kinds = ["api", "exec", ...levels, "capture", "fix"] as const;
const chosen = kinds.filter((kind) => asked.length === 0 || asked.includes(kind));
const bare = await startLab({ ...killing, name: `kill${process.pid}` });
const usual = await startLab({ nodes: 2, pods: 1, mode: "routed", name: `killu${process.pid}` });
const left = new Map(chosen.map((kind) => [kind, { killed: 0, clean: 0 }]));
try {
  for (const lab of [bare, usual])
    await perform(lab, [{ in: "n2", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
  for (let index = 0; index < Number(times); index++) {
    const kind = chosen[index % chosen.length] ?? "node";
    const count = left.get(kind) ?? { killed: 0, clean: 0 };
    // A third of them dies before anything was created, or while it is.
    const early = kind === "api" || kind === "exec" || count.killed % 3 === 2;
    const ms = Math.round(Math.random() * (early ? 8_000 : 12_000));
    count.killed++;
    try {
      const written = await (kind === "capture"
        ? killedCapture(usual, ms, early)
        : kind === "fix"
          ? killedFix(usual, ms, early)
          : killedAndStarted(kind === "api" || kind === "exec" ? usual : bare, kind, ms, early));
      count.clean++;
      const when = early ? "after its start" : "after the first write";
      console.log(`${index + 1}  ${kind}, ${ms} ms ${when}: ${written.length} created or changed, nothing left`);
    } catch (error) {
      console.log(`${index + 1}  ${kind}, ${ms} ms: ${error instanceof Error ? error.message : error}`);
    }
  }
} finally {
  await Promise.all([bare.stop(), usual.stop()]);
}
for (const [kind, { killed, clean }] of left) console.log(`${kind}: ${clean} of ${killed} left nothing`);
process.exitCode = [...left.values()].some(({ killed, clean }) => clean < killed) ? 1 : 0;
