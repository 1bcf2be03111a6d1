import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { controlReached, crossingsOf, watchCrossing } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { leavingBy, reachedHow } from "../judging/leaving.ts";
import { probe as routes } from "../probes/routes.ts";
import { tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The overlay's packets are lost between the nodes over this family",
  why: "Pods of different nodes talk through a tunnel: UDP 8472 for flannel and Cilium, 4789 for Calico, 51820 and up for WireGuard. Where a security group or firewall opens the port for IPv4 addresses only, the IPv6 tunnel is silent while everything else between the nodes works.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md#firewalls",
  looksLike: ["underlay-filters-pods", "route-to-peer-missing"], // nodes do not reach each other either / nothing is sent
  code: "F05",

  *judge(subject) {
    const crossing = crossingsOf(subject.scene, subject.failures, subject.patience).find(({ far }) => far);
    if (!crossing?.far) return excluded("no IPv6 dial to a pod of another node was lost on the way");
    const { near, far, flow } = crossing;
    const leaving = leavingBy(crossing, yield* tryAsk(routes, atNode(near)));
    if (!leaving?.tunnel || !leaving.between)
      return excluded(`node ${near.name} sends to node ${far.name} without a tunnel`);
    const crossed = yield* watchCrossing(crossing);
    const { reached, by, own } = reachedHow(crossing, crossed, leaving);
    if (reached !== "left, not arrived") return excluded(by || "the packets were not seen to leave their node");
    const [a, b] = leaving.between;
    const remedy = {
      fix: `Open ${leaving.tunnel} over ${flow.family} between ${a} and ${b}: in the cloud's security group, the nodes' firewalls, and what filters between them.`,
      confirm: `Dial again; ${leaving.device} of node ${far.name} counts what ${leaving.device} of node ${near.name} sends (/proc/net/dev).`,
      explains: subject.failures.filter((one) => one.flow?.toPod?.node === far.name).map(({ id }) => id),
      family: flow.family,
    };
    return own && controlReached(crossed)
      ? proven(`${by}, while node ${near.name} reaches ${b} itself`, remedy)
      : possible(
          `${by}; ${own ? `node ${near.name} was not seen to reach ${b} itself` : "whether they were ours was not seen"}`,
          remedy,
        );
  },
};
