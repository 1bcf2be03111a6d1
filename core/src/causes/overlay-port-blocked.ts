import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { controlOf, crossingsOf, watchCrossing, watchedBy } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { leavingBy, reachedHow } from "../judging/leaving.ts";
import { probe as routes } from "../probes/routes.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The overlay's packets are lost between the nodes over this family",
  why: "Pods of different nodes talk through a tunnel: UDP 8472 for flannel and Cilium, 4789 for Calico, 51820 and up for WireGuard. Where a security group or firewall opens the port for IPv4 addresses only, the IPv6 tunnel is silent while everything else between the nodes works.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md#firewalls",
  looksLike: ["underlay-filters-pods", "route-to-peer-missing"], // nodes do not reach each other either / nothing is sent
  code: "F05",

  *judge(subject) {
    const crossing = crossingsOf(subject.scene, subject.failures, subject.patience).find(({ far }) => far);
    if (!crossing?.far)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const { near, far, flow } = crossing;
    const dial = subject.failures.find((one) => one.flow === flow);
    if (!dial) return unknown("the dial that was watched is none of those that failed");
    const leaving = leavingBy(crossing, yield* tryAsk(routes, atNode(near)));
    if (!leaving?.tunnel || !leaving.between)
      return excluded(`node ${near.name} sends to node ${far.name} without a tunnel`, [question(routes, atNode(near))]);
    const crossed = yield* watchCrossing(crossing);
    const { reached, by, own } = reachedHow(crossing, crossed, leaving);
    const seen = watchedBy(crossing, crossed);
    if (reached === "unclear") return unknown("how far the packets came was not seen");
    if (reached !== "left, not arrived") return excluded(by, seen);
    const [a, b] = leaving.between;
    const remedy = {
      fix: `Open ${leaving.tunnel} over ${flow.family} between ${a} and ${b}: in the cloud's security group, the nodes' firewalls, and what filters between them.`,
      confirm: `Dial again; ${leaving.device} of node ${far.name} counts what ${leaving.device} of node ${near.name} sends (/proc/net/dev).`,
      explains: subject.failures.filter((one) => one.flow?.toPod?.node === far.name).map(({ id }) => id),
      family: flow.family,
    };
    const reachedToo = controlOf(crossing, crossed);
    if (!own)
      return possible(by, {
        ...remedy,
        missing: "the connection among those the node tracks: packets of anybody may have been counted",
      });
    if (!reachedToo) return possible(by, { ...remedy, missing: `that node ${near.name} reaches ${b} itself` });
    const other = notOverIPv4(subject, dial);
    return proven(`${by}, while node ${near.name} reaches ${b} itself`, {
      ...remedy,
      died: { how: "tuple", dial, by: seen },
      instead: [
        { lookalike: "underlay-filters-pods", by: [reachedToo] },
        { lookalike: "background traffic", by: seen },
        ...(other ? [other] : []),
      ],
    });
  },
};
