import { parse } from "yaml";
import { findResource, type Resource } from "../api/resources.ts";
import type { Store } from "../api/store.ts";
import type { Family } from "../options.ts";
import { clusterCidr, type LabPlan, type NodePlan } from "../plan.ts";
import { must } from "../run.ts";
import { policyRules } from "./policy.ts";
import { proxyRules } from "./proxy.ts";
import { nftablesRules } from "./proxy-nftables.ts";

const find = (group: string, name: string) => findResource(group, "v1", name) as Resource;
const kinds = {
  configMaps: find("", "configmaps"),
  services: find("", "services"),
  pods: find("", "pods"),
  namespaces: find("", "namespaces"),
  slices: find("discovery.k8s.io", "endpointslices"),
  policies: find("networking.k8s.io", "networkpolicies"),
};

/** Keeps every node's iptables and ip6tables as the Services and NetworkPolicies of the API want them. */
export class Enforcer {
  readonly #plan: LabPlan;
  readonly #store: Store;
  /** What each node and family was given last. */
  readonly #loaded = new Map<string, string>();

  constructor(plan: LabPlan, store: Store) {
    this.#plan = plan;
    this.#store = store;
  }

  /** Loads the rules of every node and family where they differ from those loaded last. */
  async apply(): Promise<void> {
    const { nodes, families } = this.#plan;
    await Promise.all(nodes.flatMap((node) => families.map((family) => this.#load(node, family))));
  }

  async #load(node: NodePlan, family: Family): Promise<void> {
    const key = `${node.name} ${family}`;
    const rules = this.#render(node, family);
    const wanted = JSON.stringify(rules);
    if (this.#loaded.get(key) === wanted) return;
    const hooks = this.#loaded.has(key) ? { nat: [], filter: [] } : this.#hooks(family);
    const lines = [
      "*nat",
      ...rules.nat,
      ...hooks.nat,
      "COMMIT",
      "*filter",
      ...rules.filter,
      ...hooks.filter,
      "COMMIT",
      "",
    ];
    const program = family === "IPv6" ? "ip6tables-restore" : "iptables-restore";
    const enter = ["nsenter", `--net=/run/netns/${node.netns}`];
    await must([...enter, program, "--noflush", "--wait"], { input: lines.join("\n") });
    if (rules.nft.length > 0) await must([...enter, "nft", "-f", "-"], { input: `${rules.nft.join("\n")}\n` });
    this.#loaded.set(key, wanted);
  }

  #render(node: NodePlan, family: Family): { nat: string[]; filter: string[]; nft: readonly string[] } {
    const [services, slices] = [this.#store.list(kinds.services), this.#store.list(kinds.slices)];
    const own = { ...node, nodePorts: this.#nodePorts() };
    const nftables = this.#plan.options.proxy === "nftables";
    const proxy = nftables ? { nat: [], filter: [] } : proxyRules(family, services, slices, own);
    const world = { pods: this.#store.list(kinds.pods), namespaces: this.#store.list(kinds.namespaces) };
    const policies = policyRules(family, node.name, this.#store.list(kinds.policies), world);
    const nft = nftables ? nftablesRules(family, services, slices, own) : [];
    return { nat: proxy.nat, filter: [...proxy.filter, ...policies], nft };
  }

  /** As kube-proxy reads its configuration. */
  #nodePorts(): string[] {
    const config = this.#store.get(kinds.configMaps, "kube-system", "kube-proxy")?.data?.["config.conf"];
    return config === undefined ? [] : (parse(config).nodePortAddresses ?? []);
  }

  #hooks(family: Family): { nat: string[]; filter: string[] } {
    if (this.#plan.options.proxy === "iptables") return firstHooks;
    const outward = `-A POSTROUTING -s ${clusterCidr[family]} ! -d ${clusterCidr[family]} -m comment --comment "pods to the outside" -j MASQUERADE`;
    return { nat: [outward], filter: ["-A FORWARD -j KUBE-NWPLCY"] };
  }
}

/** The jumps from the built-in chains, made once: a second time they would stand there twice. */
const firstHooks = {
  nat: ["-A PREROUTING -j KUBE-SERVICES", "-A OUTPUT -j KUBE-SERVICES", "-A POSTROUTING -j KUBE-POSTROUTING"],
  filter: ["-A FORWARD -j KUBE-SERVICES", "-A OUTPUT -j KUBE-SERVICES", "-A FORWARD -j KUBE-NWPLCY"],
};
