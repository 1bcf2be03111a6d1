import { type Cause, excluded, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { atPod, podName, podsOn, seenFailing } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { touching } from "../judging/same-fate.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "The pod does not have the IPv6 address that Kubernetes lists for it",
  why: "An address is put on the pod's interface once, when its network is made. Setting disable_ipv6 to 1 and back, or taking the link down, removes it for good; the API goes on listing it, and Services go on sending there.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["ipv6-disabled-on-interface", "mtu-below-1280", "dad-failed"], // IPv6 is off there still / the address is there, marked
  code: "K22",

  *judge(subject) {
    const looked: Ground[] = [];
    for (const pod of podsOn(subject, seenFailing(subject, "timeout", "host-unreachable", "network-unreachable"))) {
      const wanted = pod.ips.IPv6;
      if (!wanted) continue;
      const found = yield* ask(addresses, atPod(pod));
      looked.push(question(addresses, atPod(pod)));
      if (found.some(({ address }) => address === wanted)) continue;
      const links = found.filter(({ device }) => device !== "lo");
      const settings = yield* tryAsk(interfaceSysctls, atPod(pod));
      const own = Object.entries(settings.ok ? settings.value : {}).filter(
        ([device]) => !["lo", "default", "all"].includes(device),
      );
      // A second interface may do without IPv6 on purpose.
      const off = own.length > 0 && own.every(([, { disable_ipv6 }]) => disable_ipv6 === 1);
      if (off || links.length === 0) continue;
      const explains = touching(subject, pod);
      const dial = subject.failures.find(({ id, kind }) => kind === "dial" && explains.includes(id));
      if (!dial) continue;
      const other = notOverIPv4(subject, dial);
      return proven(
        `status.podIPs of ${podName(pod)} has ${wanted}; its interfaces have ${links.map(({ device, address }) => `${device} ${address}`).join(", ")}`,
        {
          fix: `Recreate ${podName(pod)}; then find what takes the address away: an init container or sidecar that toggles disable_ipv6, or something that takes the link down.`,
          confirm: "/proc/net/if_inet6 of the new pod lists its podIP.",
          explains,
          died: { how: "tuple", dial, by: [question(addresses, atPod(pod)), pod] },
          instead: [
            { lookalike: "ipv6-disabled-on-interface", by: [question(interfaceSysctls, atPod(pod))] },
            ...(other ? [other] : []),
          ],
        },
      );
    }
    return excluded("the pods that were looked into have the IPv6 addresses the API lists", looked);
  },
};
