import { contains, familyOf, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { calicoSets, cidrOf, daemonSetNamed, givesNoAddresses, isForPods } from "../judging/cni-agents.ts";
import { diedWithoutAddress, podsWithoutIPv6, rangesAreIPv4 } from "../judging/pods-without-ipv6.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Calico has no IPv6 pool to give pods addresses from",
  why: "Calico's IPAM takes addresses from IPPools, whatever the nodes' podCIDRs say. Without an enabled IPv6 pool (or with assign_ipv6 off in the CNI configuration) pods stay single-stack.",
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["cluster-single-stack", "ipv6-disabled-on-interface"], // the API shows pods without an address, and nodes with a range
  code: "C03",

  *judge(subject) {
    const { pods, explains, others } = podsWithoutIPv6(subject);
    if (pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    if (rangesAreIPv4(subject))
      return excluded(
        "the nodes have no IPv6 range that the CNI could use: that is cluster-single-stack",
        subject.scene.allNodes,
      );
    const sets = question(daemonSets, {});
    const set = yield* daemonSetNamed(calicoSets);
    if (!set) return excluded("no DaemonSet of Calico was found", [sets]);
    const elsewhere = givesNoAddresses(set);
    if (elsewhere !== undefined) return excluded(elsewhere, [sets]);
    const pools = yield* ask(calicoPools, {});
    const listed = question(calicoPools, {});
    const six = pools.filter((pool) => familyOf(cidrOf(pool)) === "IPv6");
    const usable = six.find(isForPods);
    if (usable) return excluded(`there is an IPv6 pool, ${cidrOf(usable)}`, [listed]);
    const [first] = six;
    const because = first
      ? `the IPv6 pool ${first.metadata.name} is ${first.spec?.disabled === true ? "disabled" : "not for pods in general (its allowedUses and nodeSelector)"}`
      : `the pools are ${pools.map(cidrOf).join(", ") || "none"}`;
    const remedy = {
      fix: "Create an IPv6 IPPool (projectcalico.org/v3; with the operator: in Installation.spec.calicoNetwork.ipPools), turn on assign_ipv6 in the CNI configuration, then recreate the pods.",
      confirm: "New pods list an IPv6 address in status.podIPs.",
      explains,
    };
    const died = diedWithoutAddress(subject, pods);
    if (!died) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    // Beside another plugin Calico does policies alone, whatever pools it was given.
    const ranges = pools.flatMap((pool) => parsePrefix(cidrOf(pool)) ?? []);
    const fours = pods.flatMap(({ ips }) => parseAddress(ips.IPv4 ?? "") ?? []);
    if (!fours.some((four) => ranges.some((range) => contains(range, four))))
      return possible(because, { ...remedy, missing: "a pool of Calico's that pods have addresses from" });
    return proven(because, { ...remedy, died, instead: [{ lookalike: "cluster-single-stack", by: [listed, sets] }] });
  },
};
