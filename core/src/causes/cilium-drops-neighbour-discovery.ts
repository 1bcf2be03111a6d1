import { ofNeighbours, watchedDrops } from "../judging/agent-drops.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { throughPods } from "../judging/same-fate.ts";

export const cause: Cause = {
  layer: "link",
  summary: "Cilium's datapath drops neighbour discovery",
  why: "IPv6 has no ARP: who wants to send asks with ICMPv6, and Cilium's eBPF sees the question before any packet filter. With endpoint routes, host firewall, chaining or a policy that selects the pod, versions of it drop the question or the answer, and IPv6 ends when the neighbour entries do, while IPv4 goes on.",
  source: "https://github.com/cilium/cilium/issues/16261",
  looksLike: ["neighbour-discovery-dropped", "gateway-not-answering"], // a rule of a packet filter takes it / nobody drops it
  code: "C13",

  *judge(subject) {
    const lost = failedDials(subject, "host-unreachable", "timeout");
    if (lost.length === 0) return excluded("no IPv6 dial failed for want of a neighbour", dialsOverIPv6(subject));
    const watched = yield* watchedDrops(subject);
    if (!watched) return unknown("no agent of Cilium was seen on the nodes that are dialled through");
    const { dial, looked, unheard } = watched;
    const [first, ...more] = ofNeighbours(watched);
    if (!first)
      return unheard === undefined
        ? excluded("Cilium dropped no neighbour discovery while we dialled", looked)
        : unknown(unheard);
    const because = `${first.says}${more.length > 0 ? `, and ${more.length} more of neighbour discovery` : ""}`;
    const remedy = {
      fix: "Upgrade Cilium, or take back what makes it look at the pods' neighbour discovery: endpointRoutes.enabled, hostFirewall.enabled, a chaining mode. A policy need not, and cannot, allow it.",
      confirm:
        "cilium-dbg monitor --type drop shows no NeighborSolicitation of the pod any more, and the dial connects.",
      explains: [dial.id, ...throughPods(subject, [dial])],
    };
    const other = notOverIPv4(subject, dial);
    if (!other) return possible(because, { ...remedy, missing: "the same dial over IPv4, which has to work" });
    return proven(because, {
      ...remedy,
      died: { how: "tuple", dial, by: [first.by] },
      instead: [{ lookalike: "neighbour-discovery-dropped", by: [first.by] }, other],
    });
  },
};
