import { startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { killedAndStarted, killing, levels } from "./kill.ts";

/** `node test/cli/kill-often.ts 30`: kills diagnoses of all levels at so many random moments, and says what was left of each. */
const times = Number(process.argv[2] ?? 30);
const lab = await startLab({ ...killing, name: `kill${process.pid}` });
let failed = 0;
try {
  await perform(lab, [{ in: "n2", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
  for (let index = 0; index < times; index++) {
    const level = levels[index % levels.length] ?? "node";
    // A third of them dies before anything was created, or while it is.
    const early = index % 3 === 2;
    const ms = Math.round(Math.random() * (early ? 1_500 : 12_000));
    try {
      const written = await killedAndStarted(lab, level, ms, early);
      console.log(
        `${index + 1}  ${level}, ${ms} ms ${early ? "after its start" : "after the first write"}: ${written.length} created, nothing left`,
      );
    } catch (error) {
      failed++;
      console.log(`${index + 1}  ${level}, ${ms} ms: ${error instanceof Error ? error.message : error}`);
    }
  }
} finally {
  await lab.stop();
}
console.log(`${times - failed} of ${times} left nothing`);
process.exitCode = failed > 0 ? 1 : 0;
