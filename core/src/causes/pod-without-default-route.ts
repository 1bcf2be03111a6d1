import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atPod, podName, podsOn, seenFailing, touching } from "../judging/failures.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The pod has an IPv6 address and no default route",
  why: "Everything outside the pod's own prefix is answered with ENETUNREACH by the pod's own kernel, and a pod that is dialled cannot send its answers. Typical of a bridge or host-local configuration without a ::/0 route.",
  source: "https://www.cni.dev/plugins/current/ipam/host-local/",
  // Both leave the pod without a default route, but take its address away too.
  looksLike: ["ipv6-disabled-on-interface", "node-without-default-route", "mtu-below-1280"],
  code: "R01",

  *judge(subject) {
    for (const pod of podsOn(subject, seenFailing(subject, "timeout", "host-unreachable", "network-unreachable"))) {
      const usable = (yield* ask(addresses, atPod(pod))).filter(
        ({ device, scope }) => device !== "lo" && scope === "global",
      );
      if (usable.length === 0 || hasDefault(yield* ask(routes, atPod(pod)))) continue;
      const explains = touching(subject, pod);
      const because = `${podName(pod)} has ${usable[0]?.address} and no route to ::/0`;
      if (explains.length === 0) return possible(`${because}, but nothing that was dialled failed`);
      return proven(because, {
        fix: 'Give the CNI configuration on the node a default route for IPv6 ({"dst": "::/0"} in the IPAM routes, or isDefaultGateway) and recreate the pod.',
        confirm: "/proc/net/ipv6_route of the new pod has a ::/0 entry with a gateway.",
        explains,
      });
    }
    return excluded("the pods that were looked into have a default route, or no IPv6 address at all");
  },
};
