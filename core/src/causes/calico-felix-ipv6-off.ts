import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed, environment, setName } from "../judging/cni-agents.ts";
import { failedOnTheWay } from "../judging/failures.ts";
import { probe as felix } from "../probes/calico-felix.ts";
import { tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Calico's agent does not program IPv6",
  why: "With FELIX_IPV6SUPPORT=false (or ipv6Support: false in a FelixConfiguration) pods still get their IPv6 address, but Felix installs neither a route to them nor rules, and removes what somebody else adds.",
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["calico-no-ipv6-pool"], // there pods have no IPv6 address
  code: "C01",

  *judge(subject) {
    if (failedOnTheWay(subject).length === 0) return excluded("no IPv6 dial was lost on the way");
    const set = yield* daemonSetNamed(/^(calico-node|canal)/);
    if (!set) return excluded("no DaemonSet of Calico was found");
    const variable = environment(set, "FELIX_IPV6SUPPORT");
    const configurations = yield* tryAsk(felix, {});
    const off = configurations.ok ? configurations.value.find(({ spec }) => spec?.ipv6Support === false) : undefined;
    const remedy = {
      fix: `Set FELIX_IPV6SUPPORT=true on ${setName(set)} (with the operator: give Installation.spec.calicoNetwork an IPv6 pool), and ipv6Support: true in the FelixConfiguration.`,
      confirm: "Every node has a /128 route to each of its pods in /proc/net/ipv6_route.",
    };
    // The environment wins over the configuration in the datastore.
    if (variable !== undefined && variable.toLowerCase() !== "false")
      return excluded(`FELIX_IPV6SUPPORT is ${variable}`);
    if (variable !== undefined) return proven(`${setName(set)} sets FELIX_IPV6SUPPORT=${variable}`, remedy);
    if (off) return proven(`FelixConfiguration ${off.metadata.name} sets ipv6Support: false`, remedy);
    if (!configurations.ok)
      return possible(`the FelixConfigurations could not be read: ${configurations.refusal.message}`);
    return excluded("nothing turns IPv6 off in Felix");
  },
};
