import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atPod, podName, podsOn, touching } from "../judging/failures.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { NotLooked, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "The kernel was booted without IPv6",
  why: "With ipv6.disable=1 on the kernel command line (or a kernel built without CONFIG_IPV6) /proc/net/if_inet6 does not exist, no socket of the family can be made, and kube-proxy and most CNIs fall back to IPv4 alone.",
  source: "https://docs.kernel.org/networking/ipv6.html",
  looksLike: ["ipv6-disabled-on-interface"], // there the file exists and lacks the interface
  code: "K01",

  *judge(subject) {
    for (const pod of podsOn(subject, [])) {
      const answer = yield* tryAsk(addresses, atPod(pod));
      if (answer.ok) return excluded(`/proc/net/if_inet6 exists in ${podName(pod)}`);
      if (answer.refusal.reason !== "not-found") throw new NotLooked(addresses.asks(atPod(pod)), answer.refusal);
      return proven(`/proc/net/if_inet6 does not exist in ${podName(pod)}`, {
        fix: `On node ${pod.node}: remove ipv6.disable=1 from the boot loader's kernel command line and reboot. If IPv4 alone is wanted, the applications must not bind [::].`,
        confirm: "/proc/net/if_inet6 exists after the reboot.",
        explains: touching(subject, pod),
      });
    }
    return excluded("no pod was looked into");
  },
};
