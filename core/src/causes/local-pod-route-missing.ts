import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedDials, nodesOn, podName } from "../judging/failures.ts";
import { felixOff } from "../judging/felix.ts";
import { downOn, podLink } from "../judging/pod-link.ts";
import { lostFrom, throughPods } from "../judging/same-fate.ts";
import type { ScenePod } from "../judging/scene.ts";
import { rejectsAtOnce } from "../judging/table-in-force.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, type Question, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A node lacks the route to one of its own pods",
  why: "Routed CNIs give every pod a route of its own on its node, and let everything else of the node's block go nowhere. Where the agent is down, or forgot a pod, the block's blackhole takes what is meant for it; pods that started earlier work.",
  source: "https://docs.tigera.io/calico/latest/reference/architecture/data-path",
  looksLike: ["blackhole-route", "calico-felix-ipv6-off", "pod-link-down"], // not the node's own pod's / no pod has a route / it went with the device
  code: "R08",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "invalid", "host-unreachable", "network-unreachable");
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject));
    const looked: Question[] = [];
    for (const node of nodesOn(subject, lost)) {
      const table = yield* ask(routes, atNode(node));
      const by = question(routes, atNode(node));
      looked.push(by);
      const pods = lost
        .flatMap(({ flow }) => [flow?.from, flow?.toPod])
        .filter((pod): pod is ScenePod => pod?.node === node.name);
      const taken = pods.flatMap((pod) => {
        const address = parseAddress(pod.hostNetwork ? "" : (pod.ips.IPv6 ?? ""));
        const route = address ? routeTo(table, address) : undefined;
        return route?.reject ? [{ pod, route }] : [];
      });
      const [first] = taken;
      if (!first) continue;
      const felix = yield* felixOff(node.name);
      if (!("status" in felix)) return excluded(`${felix.because}: that is calico-felix-ipv6-off`, felix.by);
      const { pod, route } = first;
      const link = yield* podLink(pod, node);
      if (link?.broken !== undefined)
        return excluded(
          `${link.device}, by which ${podName(pod)} is linked, ${link.broken}: that is pod-link-down`,
          link.by,
        );
      const symptoms = lost.filter(({ flow }) => flow?.from === pod || flow?.toPod === pod);
      const [dial] = symptoms;
      if (!dial) continue;
      // The route goes with the device, which only the pod itself points at.
      const down = link ? undefined : yield* downOn(node);
      if (down !== undefined)
        return possible(
          `node ${node.name} has no route to ${pod.ips.IPv6} of ${podName(pod)}, and its device ${down} is down`,
          {
            explains: symptoms.map(({ id }) => id),
            missing: `whether ${down} is the node's end of the link of ${podName(pod)}`,
          },
        );
      const other = notOverIPv4(subject, dial);
      const { flow } = dial;
      const isSource = flow?.from === pod;
      const remedy = {
        fix: `Look at the CNI's agent on node ${node.name} (is it ready, what does its log say of ${podName(pod)}) and restart it; if the route stays away, recreate the pod.`,
        confirm: `/proc/net/ipv6_route of node ${node.name} has an entry for ${pod.ips.IPv6}.`,
        explains: isSource
          ? (yield* lostFrom(subject, pod)).map(({ id }) => id)
          : [...symptoms.map(({ id }) => id), ...throughPods(subject, symptoms)],
      };
      const because = `node ${node.name} has no route to ${pod.ips.IPv6} of ${podName(pod)}, which runs on it; ${route.destination}, which rejects, takes what is sent there`;
      const peer = isSource ? (flow?.toPod?.ips.IPv6 ?? flow?.host) : flow?.from.ips.IPv6;
      const rejects = flow && (yield* rejectsAtOnce(subject, node, flow, [peer ?? "", pod.ips.IPv6 ?? ""]));
      if (!rejects || "missing" in rejects) return possible(because, { ...remedy, ...rejects });
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: [by, ...rejects.by] },
        instead: [{ lookalike: "a route of another table", by: rejects.by }, ...(other ? [other] : [])],
      });
    }
    return excluded("the nodes have routes to their own pods, or never had routes for single pods", looked);
  },
};
