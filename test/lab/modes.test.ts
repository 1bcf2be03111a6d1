import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { startLab } from "./lab.ts";
import type { LabOptions } from "./options.ts";
import { outside } from "./plan.ts";
import { run } from "./run.ts";
import { fetchFrom, labSkip, labTest } from "./support.ts";

const skip = await labSkip();

const shapes: Partial<LabOptions>[] = [
  { mode: "vxlan6", families: "dual" },
  { mode: "vxlan4", families: "dual" },
  { mode: "routed", families: "dual" },
  { mode: "bridge", families: "dual" },
  { mode: "routed", families: "ipv6" },
  { mode: "vxlan6", families: "ipv6", ra: true },
  { mode: "vxlan4", families: "ipv4" },
];

for (const shape of shapes)
  labTest(
    `${shape.mode}, ${shape.families}: pods reach each other, the Service, the names and the outside`,
    { nodes: 2, ...shape },
    skip,
    async (lab) => {
      const vips = { IPv4: "10.96.0.80", IPv6: "[fd00:10:96::80]" };
      for (const family of lab.plan.families) {
        const bracket = (address = "") => (family === "IPv6" ? `[${address}]` : address);
        const [same, other] = [lab.plan.pods[1], lab.plan.pods[2]].map((pod) => bracket(pod?.addresses[family]));
        for (const target of [`${same}:8080`, `${other}:8080`, vips[family], bracket(outside[family])])
          assert.ok((await fetchFrom(lab, "n1-p1", `http://${target}/`)) > 0, `${family} to ${target}`);
        // The largest packets of a transfer must fit through what the mode puts around them.
        assert.equal(await fetchFrom(lab, "n1-p1", `http://${other}:8080/big`, 5), 200_000, `${family} transfer`);
      }
      assert.ok((await fetchFrom(lab, "n2-p1", "http://web/")) > 0, "a name of the cluster");
      assert.ok((await fetchFrom(lab, "n2-p1", "http://example.test/")) > 0, "a name of the outside");
      for (const [type, family] of [
        ["a", "IPv4"],
        ["aaaa", "IPv6"],
      ] as const) {
        const { stdout } = await lab.exec("n1-p1", [
          "busybox",
          "nslookup",
          `-type=${type}`,
          "web.default.svc.cluster.local",
        ]);
        assert.equal(stdout.includes("Name:"), lab.plan.families.includes(family), `${type} of web`);
      }
    },
  );

test("going down leaves no namespace, process or file, and another lab beside it alone", {
  skip,
  timeout: 60_000,
}, async () => {
  const name = `t${process.pid}-x`;
  const [first, second] = await Promise.all([
    startLab({ name, nodes: 1, pods: 1 }),
    startLab({ name: `${name}y`, nodes: 1, pods: 1 }),
  ]);
  await first.stop();
  const { stdout } = await run(["ip", "netns", "list"]);
  assert.ok(!new RegExp(`^${name}-`, "m").test(stdout), stdout);
  assert.ok(!existsSync(first.plan.directory) && !existsSync(`/etc/netns/${name}-n1-p1`));
  const { stdout: processes } = await run(["ps", "-eo", "args"]);
  assert.ok(!processes.includes(`${first.plan.directory}/`), "no process of the lab is left");
  assert.ok((await fetchFrom(second, "n1-p1", "http://web/")) > 0, "the other lab still runs");
  await second.stop();
});
