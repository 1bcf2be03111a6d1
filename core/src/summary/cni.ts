import type { KubeObject } from "../cluster/cluster.ts";
import { type Agent, type CniPlugin, knownCnis } from "./cni-ipv6.ts";
import { familiesInTexts, objects, podIPs } from "./families.ts";
import type { Inventory } from "./inventory.ts";

/** The network plugin of a cluster, and whether it is set up for IPv6. */
export interface CniState {
  /** "Calico", "Cilium" ...; undefined if no DaemonSet of a known plugin was seen. */
  readonly name: string | undefined;
  /** Where it runs, "calico-system/calico-node"; empty if not known. */
  readonly daemonSet: string;
  /** What its configuration says: `unknown` where that was not to be seen. */
  readonly ipv6: "on" | "off" | "unknown";
  /** Sentences: what says so, and what was seen on pods. */
  readonly why: readonly string[];
  /** The documentation of the setting; undefined if the plugin is not known. */
  readonly source: string | undefined;
}

/** What {@link cniState} needs beside the DaemonSets: a ConfigMap of the plugin, and Calico's IP pools. */
export interface CniQuestions {
  readonly configMap?: { readonly namespace: string; readonly name: string };
  readonly ipPools: boolean;
}

/** Says what to ask next once the DaemonSets are known, so that nobody asks every plugin's question of every cluster. */
export function cniQuestions(daemonSets: readonly KubeObject[]): CniQuestions {
  const { cni, agent } = recognise(daemonSets.map(agentOf)) ?? {};
  const ipPools = cni?.name === "Calico";
  if (cni?.configMap === undefined || agent === undefined) return { ipPools };
  return { configMap: { namespace: agent.namespace, name: cni.configMap }, ipPools };
}

/** Recognises the plugin by its DaemonSet, and reads its own settings. */
export function cniState(inventory: Inventory): CniState {
  const agents = objects(inventory.daemonSets).map(agentOf);
  const { cni, agent } = recognise(agents) ?? {};
  if (cni === undefined || agent === undefined) return notRecognised(inventory, agents);
  const config = inventory.configMaps.find(({ metadata }) => metadata.name === cni.configMap);
  const { ipv6, why } = cni.ipv6(agent, config?.data ?? {}, inventory);
  const place = `${agent.namespace}/${agent.name}`;
  return { name: cni.name, daemonSet: place, ipv6, why: [why, ...seenOnPods(inventory)], source: cni.source };
}

/** The known plugins are asked in their order: Canal's DaemonSet is named after neither of the two agents it runs. */
function recognise(agents: readonly Agent[]): { cni: CniPlugin; agent: Agent } | undefined {
  for (const cni of knownCnis) {
    const agent = agents.find((each) => cni.runsAs.includes(each.name));
    if (agent !== undefined) return { cni, agent };
  }
  return undefined;
}

function notRecognised(inventory: Inventory, agents: readonly Agent[]): CniState {
  const names = agents.map(({ namespace, name }) => `${namespace}/${name}`).join(", ");
  const seen = names === "" ? "There is no DaemonSet." : `No DaemonSet is one of a known plugin: ${names}.`;
  const why = inventory.daemonSets.ok ? seen : inventory.daemonSets.refusal.message;
  return { name: undefined, daemonSet: "", ipv6: "unknown", why: [why, ...seenOnPods(inventory)], source: undefined };
}

/** What pods really have, which may contradict the configuration: it is what counts for a connection. */
function seenOnPods({ pods }: Inventory): readonly string[] {
  const own = objects(pods).filter((pod) => pod.spec?.hostNetwork !== true && podIPs(pod).length > 0);
  if (own.length === 0) return [];
  const count = own.filter((pod) => familiesInTexts(podIPs(pod)).includes("IPv6")).length;
  return [`${count} of ${own.length} pods with an own network in kube-system have an IPv6 address.`];
}

function agentOf(daemonSet: KubeObject): Agent {
  const template = daemonSet.spec?.template?.spec ?? {};
  const env = new Map<string, string>();
  const args: string[] = [];
  for (const container of template.containers ?? []) {
    for (const { name, value } of container.env ?? []) if (typeof value === "string") env.set(name, value);
    args.push(...(container.command ?? []), ...(container.args ?? []));
  }
  return { name: daemonSet.metadata.name, namespace: daemonSet.metadata.namespace ?? "", env, args };
}
