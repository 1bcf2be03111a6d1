import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { atPod, podName, podsOn } from "../judging/failures.ts";
import { touching } from "../judging/same-fate.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { NotLooked, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "The kernel was booted without IPv6",
  why: "With ipv6.disable=1 on the kernel command line (or a kernel built without CONFIG_IPV6) /proc/net/if_inet6 does not exist, no socket of the family can be made, and kube-proxy and most CNIs fall back to IPv4 alone.",
  source: "https://docs.kernel.org/networking/ipv6.html",
  looksLike: ["ipv6-disabled-on-interface"], // there the file exists and lacks the interface
  code: "K01",

  *judge(subject) {
    const [pod] = podsOn(subject, []);
    if (!pod) return unknown("no pod with a network of its own was looked into");
    const answer = yield* tryAsk(addresses, atPod(pod));
    const file = question(addresses, atPod(pod));
    if (answer.ok) return excluded(`/proc/net/if_inet6 exists in ${podName(pod)}`, [file]);
    // A pod that is gone has no files either; only who looked for this one and found others saw that it is missing.
    if (answer.refusal.reason !== "absent") throw new NotLooked(addresses.asks(atPod(pod)), answer.refusal);
    const others = yield* tryAsk(listeners, atPod(pod));
    const because = `/proc/net/if_inet6 does not exist in ${podName(pod)}`;
    const remedy = {
      fix: `On node ${pod.node}: remove ipv6.disable=1 from the boot loader's kernel command line and reboot. If IPv4 alone is wanted, the applications must not bind [::].`,
      confirm: "/proc/net/if_inet6 exists after the reboot.",
      explains: touching(subject, pod),
    };
    const dial = subject.failures.find(({ outcome, flow }) => outcome === "no-family" && flow?.from === pod);
    if (!others.ok)
      return possible(because, { ...remedy, missing: "/proc/net/tcp beside it, which shows that /proc is there" });
    if (!dial) return possible(because, { ...remedy, missing: "a dial from the pod that ends with EAFNOSUPPORT" });
    return proven(`${because}, and its kernel knows no IPv6 sockets`, {
      ...remedy,
      died: { how: "at once", dial, by: [file] },
      instead: [{ lookalike: "ipv6-disabled-on-interface", by: [file, question(listeners, atPod(pod))] }],
    });
  },
};
