import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { killedAndStarted, killing, levels } from "./kill.ts";

const skip = await labSkip();

// `node test/cli/kill-often.ts 30` does it at thirty random moments.
for (const level of levels)
  labTest(
    `diagnose --access ${level}: killed at once, nothing of it is left after the next start`,
    killing,
    skip,
    async (lab) => {
      await perform(lab, [{ in: "n2", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
      await killedAndStarted(lab, level, Math.round(Math.random() * 1_500), false);
    },
  );
