import type { Step } from "./faults.ts";
import type { Lab } from "./lab.ts";

/** Does the steps of a fault in order; throws at the first that fails. */
export async function perform(lab: Lab, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await performOne(lab, step);
}

async function performOne(lab: Lab, step: Step): Promise<void> {
  if ("serve" in step) return lab.serve(step.serve, step.listen);
  if ("routes" in step) return lab.restoreRoutes(step.routes);
  if ("patch" in step)
    return void (await lab.api("PATCH", step.patch, step.body, `application/${step.type}-patch+json`));
  if ("create" in step) return void (await lab.api("POST", step.create, step.body));
  if ("remove" in step) return void (await lab.api("DELETE", step.remove));
  const done = await lab.exec(step.in, step.run);
  if (done.code !== 0) throw new Error(`${step.run.join(" ")} in ${step.in}: ${done.stderr}`);
}
