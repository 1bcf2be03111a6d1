import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename, join } from "node:path";
import { membersOf } from "./cgroups.ts";
import type { Lab } from "./lab.ts";
import { labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const main = join(import.meta.dirname, "../../cli/src/main.ts");
const images = { "n1-p1": "busybox", "n1-p2": "bash", "n1-p3": "node" };

for (const holdStdin of [false, true])
  labTest(
    `whoever asks is killed, and nothing of it goes on running in a container, ${holdStdin ? "though its standard input is held open" : "once its standard input is closed"}`,
    { nodes: 2, pods: 3, images, holdStdin },
    skip,
    async (lab) => {
      await lab.exec("n2", ["ip6tables", "-P", "FORWARD", "DROP"]);
      const atRest = new Map(Object.keys(images).map((pod) => [pod, running(lab, pod)]));
      for (const [pod, rest] of atRest) {
        const args = ["--kubeconfig", lab.kubeconfig, "--quiet", "--from", pod, "--to", "pod/n2-p1"];
        const asking = spawn(process.execPath, [main, "diagnose", ...args], { stdio: "ignore" });
        const ended = once(asking, "exit");
        await until(`something to run in ${pod}`, async () => running(lab, pod) > rest, 60);
        asking.kill("SIGKILL");
        const [, signal] = await ended;
        assert.equal(signal, "SIGKILL", "it had not come to its end");
        await until(`nothing to run in ${pod}`, async () => running(lab, pod) === rest);
      }
    },
  );

function running(lab: Lab, pod: string): number {
  return membersOf(basename(lab.plan.directory), pod).length;
}
