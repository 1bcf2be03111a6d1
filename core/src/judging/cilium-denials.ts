import type { Answer, KubeObject } from "../cluster/cluster.ts";
import { kindsFor } from "../policy/served.ts";
import { probe as agentFlows, type FlowsArgs } from "../probes/agent-flows.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as networkPolicies } from "../probes/network-policies.ts";
import { probe as policies } from "../probes/policies.ts";
import { type Asking, type Question, question, tryAsk, tryAskAll } from "../probing/probe.ts";
import type { OurDrop } from "./agent-drops.ts";
import { kept } from "./cni-agents.ts";

/** What Cilium says of a denial beside its reason. */
export interface CiliumDenial {
  /** Policies that Hubble names, "default/deny-world", and whether the API still has each. */
  readonly named: readonly { readonly policy: string; readonly there: boolean }[];
  /** cilium-config denies what no policy names; undefined: nobody could see what it says. */
  readonly always: boolean | undefined;
  readonly by: readonly Question[];
}

/** Asks Hubble which policy denied a packet that was dropped, and the API whether there is one of that name, whatever today's policies come to. */
export function* ciliumDenial({ drop, agent }: OurDrop): Asking<CiliumDenial> {
  const { node, namespace, pod, container } = agent;
  const flowArgs: FlowsArgs = { node, namespace, pod, container, source: drop.source, destination: drop.destination };
  const config = { namespace, name: "cilium-config" };
  const settings = yield* tryAsk(configMap, config);
  const flows = yield* tryAsk(agentFlows, flowArgs);
  const names = flows.ok ? [...new Set(flows.value.flatMap((flow) => flow.policies))] : [];
  const homes = [...new Set(names.flatMap((name) => (name.includes("/") ? [name.split("/")[0] ?? ""] : [])))];
  const lists: Question[] = [
    ...homes.map((home) => question(networkPolicies, { namespace: home })),
    ...(names.length > 0 ? kindsFor("cilium").map((kind) => question(policies, kind)) : []),
  ];
  const listed = (yield* tryAskAll(lists)) as readonly Answer<readonly KubeObject[]>[];
  const there = listed.flatMap((answer) => (answer.ok ? answer.value : [])).map(({ metadata }) => nameOf(metadata));
  const value = settings.ok
    ? kept("enable-policy of cilium-config", settings.value.data?.["enable-policy"])
    : undefined;
  return {
    named: names.map((policy) => ({
      policy,
      there: there.includes(policy) || listed.some((answer) => !answer.ok && answer.refusal.reason !== "unsupported"),
    })),
    always: settings.ok ? value === "always" : undefined,
    by: [question(configMap, config), ...(flows.ok ? [question(agentFlows, flowArgs)] : [])],
  };
}

function nameOf({ name, namespace }: KubeObject["metadata"]): string {
  return namespace ? `${namespace}/${name}` : name;
}
