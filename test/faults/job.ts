// Makes the faults it is told of one after the other: a process of its own, since whoever builds one cluster would be silent towards another.

import { runs } from "./entries.ts";
import { type Answered, runAlone } from "./run.ts";

process.on("message", async ([number, lab]: [number, string]) => {
  const run = runs[number];
  const answered = run
    ? await runAlone(run, lab).catch(
        (error: Error): Answered => ({ wrong: [`it could not be run: ${error.message}`], claims: false, tries: 1 }),
      )
    : undefined;
  process.send?.(answered);
});
