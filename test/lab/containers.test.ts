import assert from "node:assert/strict";
import { containerPid } from "./containers.ts";
import { enterContainer } from "./enter.ts";
import type { Lab } from "./lab.ts";
import { type Finished, run } from "./run.ts";
import { labSkip, labTest } from "./support.ts";

const skip = await labSkip();
const images = { "n1-p1": "bash", "n1-p2": "busybox", "n1-p3": "dash", "n1-p4": "node", "n1-p5": "distroless" };
const peer = "fd00:10:244:1::12";

labTest("each image dials with what it has, and has nothing else", { nodes: 1, pods: 5, images }, skip, async (lab) => {
  const ran = async (pod: string, argv: string[]) => (await enter(lab, pod, argv)).code;
  assert.equal(await ran("n1-p1", ["bash", "-c", `exec 3<>/dev/tcp/${peer}/8080`]), 0);
  assert.notEqual(await ran("n1-p1", ["nc", peer, "8080"]), 0, "bash has no nc");
  assert.equal(await ran("n1-p2", ["sh", "-c", `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc ${peer} 8080`]), 0);
  assert.equal(await ran("n1-p3", ["sh", "-c", "read x < /proc/net/if_inet6"]), 0);
  assert.notEqual(await ran("n1-p3", ["sh", "-c", `exec 3<>/dev/tcp/${peer}/8080`]), 0, "dash cannot dial");
  const dial = `require("net").connect(8080, "${peer}").on("connect", () => process.exit(0)).on("error", () => process.exit(1))`;
  assert.equal(await ran("n1-p4", ["node", "-e", dial]), 0);
  assert.notEqual(await ran("n1-p5", ["sh"]), 0, "distroless has no shell");
});

labTest(
  "a container sees its own processes, links, name and resolver only",
  { nodes: 1, pods: 1 },
  skip,
  async (lab) => {
    const { stdout } = await enter(lab, "n1-p1", ["sh", "-c", "hostname; ls /sys/class/net; cat /proc/1/comm"]);
    assert.deepEqual(stdout.trim().split("\n"), ["n1-p1", "eth0", "lo", "sleep"]);
    const toApi = await enter(lab, "n1-p1", [
      "sh",
      "-c",
      "nc -w 2 kubernetes.default.svc.cluster.local 443 < /dev/null",
    ]);
    assert.equal(toApi.code, 0, "the API's Service answers");
  },
);

async function enter(lab: Lab, pod: string, argv: string[]): Promise<Finished> {
  const pid = containerPid(lab.plan.directory, pod);
  assert.ok(pid, `${pod} runs`);
  return run(enterContainer(pid, argv), { timeout: 10_000, env: { PATH: "/usr/bin:/bin:/usr/sbin:/sbin" } });
}
