import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { containerDirectory, logOf } from "./containers.ts";
import type { Step } from "./faults.ts";
import type { Lab } from "./lab.ts";
import { hostContainers } from "./objects/workloads.ts";

/** Does the steps of a fault in order; throws at the first that fails. */
export async function perform(lab: Lab, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await performOne(lab, step);
}

async function performOne(lab: Lab, step: Step): Promise<void> {
  if ("serve" in step) return lab.serve(step.serve, step.listen);
  if ("routes" in step) return lab.restoreRoutes(step.routes);
  if ("resolver" in step) return resolveBy(lab, step.resolver, step.servers);
  if ("log" in step) return say(lab, step.log, step.says, step.previous ? "previous" : "this");
  if ("patch" in step)
    return void (await lab.api("PATCH", step.patch, step.body, `application/${step.type}-patch+json`));
  if ("create" in step) return void (await lab.api("POST", step.create, step.body));
  if ("remove" in step) return void (await lab.api("DELETE", step.remove));
  const done = await lab.exec(step.in, step.run);
  if (done.code !== 0) throw new Error(`${step.run.join(" ")} in ${step.in}: ${done.stderr}`);
}

/** The servers a kubelet wrote into a pod's resolv.conf. */
function resolveBy(lab: Lab, pod: string, servers: readonly string[]): void {
  const file = join(containerDirectory(lab.plan.directory, pod), "resolv.conf");
  const others = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("nameserver "));
  const lines = [...servers.map((server) => `nameserver ${server}`), ...others];
  writeFileSync(file, lines.join("\n"));
}

function say(lab: Lab, who: string, says: string, life: "this" | "previous"): void {
  const [name = "", at] = who.split("@");
  const node = lab.plan.nodes.find((each) => each.name === at);
  const agent = node && hostContainers(lab.plan, node).find(({ set }) => set === name);
  const file = logOf(lab.plan.directory, agent?.id ?? name, life);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${says}\n`);
}
