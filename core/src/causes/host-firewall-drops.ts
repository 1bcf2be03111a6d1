import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "The node's firewall drops what is sent to the node itself, or by it",
  why: "What a node forwards for its pods passes FORWARD; what is for the node itself, for a hostNetwork pod or a NodePort's health check passes INPUT, and what they send passes OUTPUT. A firewall that was opened for the kubelet, the API server or a CNI's agents over IPv4 alone cuts the node off while its pods are reached.",
  source: "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
  looksLike: ["forward-policy-drops-ipv6", "neighbour-discovery-dropped", "early-hook-drops"], // pods are lost / nothing of the node is reached / before routing
  code: "F11",

  *judge(subject) {
    const lost = failedDials(subject, "timeout");
    // Of a node that may not be listed nobody knows which addresses are its own, nor dials them.
    const { nodes } = subject.scene;
    if (lost.length === 0) return excluded("no IPv6 dial ended in silence", [...dialsOverIPv6(subject), ...nodes]);
    const { stops, looked, unreadable } = yield* filterStops(subject, lost);
    const stop = stops.find(({ hook, verdict }) => (hook === "input" || hook === "output") && verdict === "drop");
    if (!stop)
      return unreadable === undefined
        ? excluded("no rule of the nodes drops what is for them or from them", [...looked, ...nodes])
        : unknown(`the rules of the nodes could not be read: ${unreadable}`);
    const [dial] = stop.symptoms;
    const remedy = {
      fix: `On node ${stop.node.name}: accept TCP port ${dial.flow?.port} over IPv6 in ${stop.chain} before that rule, from the ranges it is accepted from over IPv4.`,
      confirm: "Dial again; the rule's counter stands still.",
      explains: stop.symptoms.map(({ id }) => id),
    };
    if (!stop.sure)
      return possible(stop.says, {
        ...remedy,
        missing: "what the rule asks of a packet beside addresses, ports and devices",
      });
    const twin = notOverIPv4(subject, dial);
    return proven(stop.says, {
      died: { how: "tuple", dial, by: stop.by },
      instead: [{ lookalike: "an earlier ACCEPT", by: stop.by }, ...(twin ? [twin] : [])],
      ...remedy,
    });
  },
};
