import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { LabPlan } from "../plan.ts";
import { must } from "../run.ts";
import { recordProcess } from "../state.ts";

/** Sends router advertisements on the underlay and resolves once every node has learnt its default route from one. */
export async function startAdvertising(plan: LabPlan): Promise<void> {
  const script = fileURLToPath(new URL("advertise.pl", import.meta.url));
  const child = spawn("nsenter", [`--net=/run/netns/${plan.switch}`, "perl", script, "br0", "1800", "1"], {
    detached: true,
    stdio: "ignore",
  });
  child.unref();
  recordProcess(plan.directory, "router-advertisements", child.pid ?? 0);
  const deadline = Date.now() + 10_000;
  for (const node of plan.nodes)
    while (!(await must(["ip", "-n", node.netns, "-6", "route", "show", "default"])).includes("proto ra")) {
      if (Date.now() > deadline)
        throw new Error(`${node.name} learnt no default route from router advertisements within 10 s`);
      await wait(50);
    }
}
