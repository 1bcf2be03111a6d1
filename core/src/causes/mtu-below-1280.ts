import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atPod, podName, podsOn, seenFailing, touching } from "../judging/failures.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as links } from "../probes/links.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The pod's MTU is below 1280 bytes, so the kernel removed IPv6 from its interface",
  why: "IPv6 needs links of at least 1280 bytes. Below that Linux takes IPv6 off the interface altogether, its directory under /proc/sys/net/ipv6/conf included; IPv4 goes on.",
  source: "https://www.rfc-editor.org/rfc/rfc8200#section-5",
  looksLike: ["ipv6-disabled-on-interface"], // there the interface has its directory, with disable_ipv6=1
  code: "K10",

  *judge(subject) {
    for (const pod of podsOn(subject, seenFailing(subject, "timeout", "host-unreachable", "network-unreachable"))) {
      const mtus = yield* ask(links, atPod(pod));
      const small = Object.entries(mtus).find(([device, mtu]) => device !== "lo" && mtu < 1280);
      if (!small) continue;
      const [device, mtu] = small;
      if ((yield* ask(interfaceSysctls, atPod(pod)))[device]) continue;
      return proven(`${device} of ${podName(pod)} has an MTU of ${mtu}, and no /proc/sys/net/ipv6/conf/${device}`, {
        fix: "Raise the CNI's MTU to 1280 or more (VXLAN over IPv6 takes 70 bytes, so its underlay needs 1350) and recreate the pods: raising it on a running pod does not bring its address back.",
        confirm: `/proc/net/if_inet6 of the new pod lists its podIP on ${device}.`,
        explains: touching(subject, pod),
      });
    }
    return excluded("no interface of the pods that were looked into is below 1280 bytes");
  },
};
