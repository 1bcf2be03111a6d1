import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atPod, podName, podsOn, seenFailing, touching } from "../judging/failures.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "Duplicate address detection failed: somebody else has the pod's IPv6 address",
  why: "The address stays visible on the interface, but the kernel uses it for nothing: bind() answers EADDRNOTAVAIL and no neighbour solicitation is answered.",
  source: "https://www.rfc-editor.org/rfc/rfc4862#section-5.4.5",
  looksLike: ["pod-without-default-route"], // the flag dadfailed in /proc/net/if_inet6 decides
  code: "K07",

  *judge(subject) {
    for (const pod of podsOn(subject, seenFailing(subject))) {
      const failed = (yield* ask(addresses, atPod(pod))).find(
        ({ dadFailed, scope }) => dadFailed && scope === "global",
      );
      if (!failed) continue;
      return proven(`${failed.address} on ${failed.device} of ${podName(pod)} is marked dadfailed`, {
        fix: `Find who else has ${failed.address} (a terminating pod, a cloned interface, an IPAM leak) and remove it, then recreate ${podName(pod)}. Where the IPAM guarantees unique addresses, the CNI may set accept_dad=0.`,
        confirm: "The address has no dadfailed flag in /proc/net/if_inet6 of the new pod.",
        explains: touching(subject, pod),
      });
    }
    return excluded("no address of the pods that were looked into is marked dadfailed");
  },
};
