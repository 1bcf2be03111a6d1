import { type Cause, excluded, noticed, proven, unknown } from "../judging/cause.ts";
import { atPod, podName, seenFailing } from "../judging/failures.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as hosts } from "../probes/hosts.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "The pod has no ::1, and /etc/hosts says that localhost is there",
  why: "Where IPv6 is off on lo, or on all interfaces, ::1 does not exist. The kubelet writes `::1 localhost` into /etc/hosts all the same, and clients that take the first address of localhost fail, or dial ::1 through the default route.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["listener-ipv4-only", "ipv6-disabled-on-interface"], // ::1 is there and refuses / eth0 is off
  code: "K17",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    if (!pod) return unknown("no pod was looked into");
    const found = yield* tryAsk(addresses, atPod(pod));
    const own = question(addresses, atPod(pod));
    // A kernel without IPv6 has no such file, and no ::1 either; that is another cause.
    if (!found.ok) return unknown(`the addresses of ${podName(pod)} could not be read: ${found.refusal.message}`);
    if (found.value.some(({ address }) => address === "::1")) return excluded(`${podName(pod)} has ::1`, [own]);
    if (found.value.length === 0) return unknown(`${podName(pod)} has no IPv6 address at all`);
    const known = yield* ask(hosts, atPod(pod));
    const says = known.find(({ address, names }) => address === "::1" && names.includes("localhost"));
    const list = question(hosts, atPod(pod));
    if (!says) return excluded(`/etc/hosts of ${podName(pod)} does not send localhost to ::1`, [list]);
    const because = `${podName(pod)} has no ::1 on any interface, and its /etc/hosts has "::1 ${says.names.join(" ")}"`;
    const remedy = {
      fix: "Remove net.ipv6.conf.lo.disable_ipv6=1 (or that of all) from the pod's sysctls and the node's sysctl.d, and recreate the pod; or let clients say 127.0.0.1.",
      confirm: "/proc/net/if_inet6 of the pod lists ::1 on lo.",
    };
    const dials = seenFailing(subject).filter(({ flow }) => flow?.host === "::1");
    const [dial] = dials;
    if (!dial) return noticed(because, remedy);
    return proven(because, {
      ...remedy,
      explains: dials.map(({ id }) => id),
      died: { how: "tuple", dial, by: [own] },
      instead: [{ lookalike: "listener-ipv4-only", by: [own] }],
    });
  },
};
