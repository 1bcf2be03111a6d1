import { findResource, type Resource } from "../api/resources.ts";
import type { Store } from "../api/store.ts";
import type { LabPlan } from "../plan.ts";
import { must } from "../run.ts";
import { policyRules } from "./policy.ts";
import { proxyRules } from "./proxy.ts";

const find = (group: string, name: string) => findResource(group, "v1", name) as Resource;
const kinds = {
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
  #hooked = false;
  #loaded = "";

  constructor(plan: LabPlan, store: Store) {
    this.#plan = plan;
    this.#store = store;
  }

  /** Loads the rules where they differ from those loaded last. */
  async apply(): Promise<void> {
    const texts = this.#plan.families.map((family) => ({ family, text: this.#render(family) }));
    const wanted = JSON.stringify(texts);
    if (wanted === this.#loaded) return;
    await Promise.all(
      this.#plan.nodes.flatMap((node) =>
        texts.map(({ family, text }) => {
          const program = family === "IPv6" ? "ip6tables-restore" : "iptables-restore";
          return must(["nsenter", `--net=/run/netns/${node.netns}`, program, "--noflush", "--wait"], { input: text });
        }),
      ),
    );
    this.#hooked = true;
    this.#loaded = JSON.stringify(this.#plan.families.map((family) => ({ family, text: this.#render(family) })));
  }

  #render(family: "IPv4" | "IPv6"): string {
    const { nat, filter } = proxyRules(family, this.#store.list(kinds.services), this.#store.list(kinds.slices));
    const policies = policyRules(
      family,
      this.#store.list(kinds.policies),
      this.#store.list(kinds.pods),
      this.#store.list(kinds.namespaces),
    );
    const hooks = this.#hooked ? { nat: [], filter: [] } : firstHooks;
    return [
      "*nat",
      ...nat,
      ...hooks.nat,
      "COMMIT",
      "*filter",
      ...filter,
      ...policies,
      ...hooks.filter,
      "COMMIT",
      "",
    ].join("\n");
  }
}

/** The jumps from the built-in chains, made once: a second time they would stand there twice. */
const firstHooks = {
  nat: ["-A PREROUTING -j KUBE-SERVICES", "-A OUTPUT -j KUBE-SERVICES", "-A POSTROUTING -j KUBE-POSTROUTING"],
  filter: ["-A FORWARD -j KUBE-SERVICES", "-A OUTPUT -j KUBE-SERVICES", "-A FORWARD -j KUBE-NWPLCY"],
};
