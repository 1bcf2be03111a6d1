import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { type Crossed, crossingsOf, watchCrossing, watchedBy } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { leavingBy, reachedHow } from "../judging/leaving.ts";
import { probe as routes } from "../probes/routes.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The node has no entry for the other node in its overlay, so its tunnel sends nothing",
  why: "A VXLAN device needs a forwarding entry for every other node: which address its packets are wrapped for. Where the agent never learned that node, or lost it at a restart, the route is there and the device throws the packets away; only its drop counter moves.",
  source: "https://docs.kernel.org/networking/vxlan.html",
  looksLike: ["overlay-port-blocked", "route-to-peer-missing"], // there the tunnel sends / there is no route into it
  code: "C22",

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
    if (reached !== "not sent") return excluded(by, seen);
    const remedy = {
      fix: `Restart the CNI's agent on node ${near.name}, and look at why it does not know node ${far.name}: its Node's IPv6 InternalIP, and the CNI's annotations on it. \`bridge fdb show dev ${leaving.device}\` lists what it knows.`,
      confirm: `Dial again; ${leaving.device} of node ${near.name} counts packets as sent, not as dropped (/proc/net/dev).`,
      explains: subject.failures.filter((one) => one.flow?.toPod?.node === far.name).map(({ id }) => id),
      family: flow.family,
    };
    const other = notOverIPv4(subject, dial);
    if (!own)
      return possible(by, {
        ...remedy,
        missing: "the connection among those the node tracks: anybody's packets may have been counted",
      });
    return proven(`${by}, and sent none, while we dialled through it`, {
      ...remedy,
      died: { how: "counted", dial, by: seen, packets: droppedBy(crossed, leaving.device) },
      instead: [{ lookalike: "overlay-port-blocked", by: seen }, ...(other ? [other] : [])],
    });
  },
};

function droppedBy({ near }: Crossed, device: string): number {
  return near.ok ? (near.value.devices[device]?.sentDropped ?? 0) : 0;
}
