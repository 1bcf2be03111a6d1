import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { setName } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, failedOnTheWay, podName } from "../judging/failures.ts";
import { felixOff } from "../judging/felix.ts";
import { isPodOn, lostTo } from "../judging/same-fate.ts";
import { probe as routes } from "../probes/routes.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Calico's agent does not program IPv6",
  why: "With FELIX_IPV6SUPPORT=false (or ipv6Support: false in a FelixConfiguration) pods still get their IPv6 address, but Felix installs neither a route to them nor rules, and removes what somebody else adds.",
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["calico-no-ipv6-pool"], // there pods have no IPv6 address
  code: "C01",

  *judge(subject) {
    // What is in its node's network needs no route of Felix's.
    const lost = failedOnTheWay(subject).filter(({ flow }) => flow?.toPod?.ips.IPv6 && !flow.toPod.hostNetwork);
    const [first] = lost;
    if (!first) return excluded("no IPv6 dial to a pod was lost on the way", dialsOverIPv6(subject));
    const off = yield* felixOff(first.flow?.toPod?.node ?? "");
    if ("status" in off) return off;
    const { set, because, configuration } = off;
    const remedy = {
      fix: `Set FELIX_IPV6SUPPORT=true on ${setName(set)} (with the operator: give Installation.spec.calicoNetwork an IPv6 pool), and ipv6Support: true in the FelixConfiguration.`,
      // The environment wins over the configuration, and is the DaemonSet's.
      ...(configuration === undefined ? {} : { mend: { mend: "felix-ipv6", name: configuration } }),
      confirm: "Every node has a /128 route to each of its pods in /proc/net/ipv6_route.",
      explains: lostTo(subject, ({ toPod }) => isPodOn(toPod, { name: first.flow?.toPod?.node ?? "" })),
    };
    // Felix makes a route to every pod of its node; that one is missing shows that it does what it was told.
    for (const dial of lost) {
      const pod = dial.flow?.toPod;
      if (!pod || pod.node !== first.flow?.toPod?.node) continue;
      const at = atNode({ name: pod.node });
      const table = yield* tryAsk(routes, at);
      if (!table.ok) continue;
      if (table.value.some(({ destination, reject }) => destination === `${pod.ips.IPv6}/128` && !reject))
        return excluded(`node ${pod.node} has a route to ${pod.ips.IPv6} of ${podName(pod)}`, [question(routes, at)]);
      return proven(`${because}, and node ${pod.node} has no route to ${pod.ips.IPv6} of ${podName(pod)}`, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(routes, at)] },
        instead: [{ lookalike: "calico-no-ipv6-pool", by: [pod] }],
      });
    }
    return possible(because, { ...remedy, missing: "the routes of the dialled pod's node, which should lack the pod" });
  },
};
