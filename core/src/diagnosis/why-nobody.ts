import type { KubeObject, Refusal } from "../cluster/cluster.ts";
import { type Vantage, vantageName } from "../probing/probe.ts";
import { podTrouble } from "./pod-trouble.ts";

/** Why no container could be asked for a vantage, where the API says more than that there is none. */
export function whyNobody(
  vantage: Vantage,
  pods: readonly KubeObject[],
  unseen: Refusal | undefined,
): Refusal | undefined {
  if (vantage.kind === "api") return undefined;
  if (vantage.kind === "pod") {
    const pod = pods.find(({ metadata }) => metadata.name === vantage.pod && metadata.namespace === vantage.namespace);
    const trouble = pod && podTrouble(pod, [])?.text;
    return trouble === undefined ? undefined : { reason: "not-running", message: trouble };
  }
  if (unseen) return unseen;
  const message = `no pod shares the network of ${vantageName(vantage)}, so nothing of the node's own network could be read`;
  return { reason: "not-running", message };
}
