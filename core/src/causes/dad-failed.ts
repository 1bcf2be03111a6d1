import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { atPod, podName, podsOn, seenFailing, touching } from "../judging/failures.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { ask, type Question, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "Duplicate address detection failed: somebody else has the pod's IPv6 address",
  why: "The address stays visible on the interface, but the kernel uses it for nothing: bind() answers EADDRNOTAVAIL and no neighbour solicitation is answered.",
  source: "https://www.rfc-editor.org/rfc/rfc4862#section-5.4.5",
  looksLike: ["pod-without-default-route"], // the flag dadfailed in /proc/net/if_inet6 decides
  code: "K07",

  *judge(subject) {
    const looked: Question[] = [];
    for (const pod of podsOn(subject, seenFailing(subject))) {
      const file = question(addresses, atPod(pod));
      looked.push(file);
      const failed = (yield* ask(addresses, atPod(pod))).find(
        ({ dadFailed, scope }) => dadFailed && scope === "global",
      );
      if (!failed) continue;
      const because = `${failed.address} on ${failed.device} of ${podName(pod)} is marked dadfailed`;
      const explains = touching(subject, pod);
      const remedy = {
        fix: `Find who else has ${failed.address} (a terminating pod, a cloned interface, an IPAM leak) and remove it, then recreate ${podName(pod)}. Where the IPAM guarantees unique addresses, the CNI may set accept_dad=0.`,
        confirm: "The address has no dadfailed flag in /proc/net/if_inet6 of the new pod.",
        explains,
      };
      const dial = subject.failures.find(({ id, kind }) => explains.includes(id) && kind === "dial");
      if (!dial) return possible(because, { ...remedy, missing: "a dial that fails of it" });
      if (failed.address !== pod.ips.IPv6)
        return possible(because, { ...remedy, missing: `that it is the pod's own address, which is ${pod.ips.IPv6}` });
      const other = notOverIPv4(subject, dial);
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: [file] },
        instead: [{ lookalike: "pod-without-default-route", by: [file] }, ...(other ? [other] : [])],
      });
    }
    return excluded("no address of the pods that were looked into is marked dadfailed", looked);
  },
};
