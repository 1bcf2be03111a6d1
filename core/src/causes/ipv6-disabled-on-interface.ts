import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atPod, podName, podsOn, seenFailing, touching } from "../judging/failures.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "IPv6 is disabled on the pod's interface",
  why: "net.ipv6.conf.<interface>.disable_ipv6=1 removes every IPv6 address and route from the interface. Runtimes set it when they believe the cluster is IPv4-only, and a sysctl.d line for `default` reaches every new pod. The value of `all` says nothing about an interface that exists already.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  // Told apart by the setting itself: it is absent below 1280 bytes, and 0 where no address was ever given.
  looksLike: ["mtu-below-1280", "kernel-without-ipv6", "calico-no-ipv6-pool"],
  code: "K02",

  *judge(subject) {
    for (const pod of podsOn(subject, seenFailing(subject, "timeout", "host-unreachable", "network-unreachable"))) {
      const settings = yield* ask(interfaceSysctls, atPod(pod));
      const off = Object.entries(settings).filter(
        ([device, { disable_ipv6 }]) => disable_ipv6 === 1 && !general.has(device),
      );
      const [device] = off[0] ?? [];
      if (!device) continue;
      const left = (yield* ask(addresses, atPod(pod))).filter((address) => address.device === device);
      if (left.length > 0) continue;
      return proven(`${device}.disable_ipv6 is 1 in ${podName(pod)}, and ${device} has no IPv6 address`, {
        fix: `Remove net.ipv6.conf.(all|default|${device}).disable_ipv6=1 from /etc/sysctl.d on node ${pod.node}, from the pod's securityContext.sysctls and from its init containers, then recreate the pod: setting it back to 0 restores only the link-local address.`,
        confirm: `/proc/net/if_inet6 of the new pod lists its podIP on ${device}.`,
        explains: touching(subject, pod),
      });
    }
    return excluded("disable_ipv6 is 0 on the interfaces of the pods that were looked into");
  },
};

/** `all` and `default` are templates, and a pod can do without IPv6 on lo. */
const general = new Set(["all", "default", "lo"]);
