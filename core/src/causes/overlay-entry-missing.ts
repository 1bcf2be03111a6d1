import { lostBetweenNodes, notOurs } from "../judging/between-nodes.ts";
import { type Cause, possible, proven } from "../judging/cause.ts";
import type { Crossed } from "../judging/crossing.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The node has no entry for the other node in its overlay, so its tunnel sends nothing",
  why: "A VXLAN device needs a forwarding entry for every other node: which address its packets are wrapped for. Where the agent never learned that node, or lost it at a restart, the route is there and the device throws the packets away; only its drop counter moves.",
  source: "https://docs.kernel.org/networking/vxlan.html",
  looksLike: ["overlay-port-blocked", "route-to-peer-missing"], // there the tunnel sends / there is no route into it
  code: "C22",

  *judge(subject) {
    const lost = yield* lostBetweenNodes(subject, true, "not sent");
    if ("status" in lost) return lost;
    const { near, far, flow, dial, device, by, own, seen, explains, instead } = lost;
    const remedy = {
      fix: `Restart the CNI's agent on node ${near.name}, and look at why it does not know node ${far.name}: its Node's IPv6 InternalIP, and the CNI's annotations on it. \`bridge fdb show dev ${device}\` lists what it knows.`,
      confirm: `Dial again; ${device} of node ${near.name} counts packets as sent, not as dropped (/proc/net/dev).`,
      explains,
      family: flow.family,
    };
    if (!own) return possible(by, { ...remedy, missing: notOurs });
    return proven(`${by}, and sent none, while we dialled through it`, {
      ...remedy,
      died: { how: "counted", dial, by: seen, packets: droppedBy(lost.crossed, device) },
      instead: [{ lookalike: "overlay-port-blocked", by: seen }, ...instead],
    });
  },
};

function droppedBy({ near }: Crossed, device: string): number {
  return near.ok ? (near.value.devices[device]?.sentDropped ?? 0) : 0;
}
