import { type Cause, excluded, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, twinOf } from "../judging/compared.ts";
import { failedDials, podName, podsOn } from "../judging/failures.ts";
import { podLink } from "../judging/pod-link.ts";
import type { Ground } from "../judging/proof.ts";
import { touching } from "../judging/same-fate.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The node's end of the pod's link is down, or on no bridge",
  why: "A pod hangs on its node by a pair of devices. If somebody takes the node's end down, or off its bridge (NetworkManager, systemd-networkd, a script that tidies up, a CNI that failed half-way), the pod has its addresses and routes and reaches nobody, over both families; a routed CNI's route to it goes with the device.",
  source: "https://man7.org/linux/man-pages/man4/veth.4.html",
  looksLike: ["local-pod-route-missing", "neighbour-discovery-dropped", "podip-not-on-interface"], // the link is up there
  code: "K25",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "host-unreachable", "network-unreachable");
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject), "both");
    const looked: Ground[] = [];
    let unseen: string | undefined;
    for (const pod of podsOn(subject, lost)) {
      const node = subject.scene.nodes.find(({ name }) => name === pod.node);
      const link = node && (yield* podLink(pod, node));
      if (!node || !link) {
        unseen ??= podName(pod);
        continue;
      }
      looked.push(...link.by);
      const through = subject.failures.filter(({ flow }) => flow?.from === pod || flow?.toPod === pod);
      const dial = lost.find((one) => through.includes(one));
      // By a link that is broken nothing comes over IPv4 either.
      if (link.broken === undefined || !dial || twinOf(subject, dial)?.outcome === "ok") continue;
      return proven(
        `${link.device} of node ${node.name}, the node's end of the link of ${podName(pod)}, ${link.broken}`,
        {
          family: "both",
          fix: `On node ${node.name}: ${link.broken === "is down" ? `ip link set ${link.device} up` : `put ${link.device} back on the bridge of its pods`}, or recreate ${podName(pod)}; then find who did it (NetworkManager and systemd-networkd have to leave the CNI's devices alone).`,
          confirm: `/sys/class/net/${link.device}/operstate of node ${node.name} is up, and the dial connects.`,
          died: { how: "tuple", dial, by: link.by },
          instead: [{ lookalike: "local-pod-route-missing", by: link.by }],
          explains: touching(subject, pod),
        },
      );
    }
    return unseen === undefined
      ? excluded("the nodes' ends of the pods' links are up, and on the bridge of their gateway", looked, "both")
      : unknown(`by which device of its node ${unseen} is linked was not seen`, "both");
  },
};
