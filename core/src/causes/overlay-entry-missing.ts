import { type Between, lostBetweenNodes, notOurs } from "../judging/between-nodes.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven } from "../judging/cause.ts";
import type { Crossed } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { overlayMac } from "../judging/overlay-identity.ts";
import { sendsElsewhere } from "../judging/tunnel-ends.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The node has no entry for the other node in its overlay, or a wrong one",
  why: "A VXLAN device needs a forwarding entry for every other node: which address its packets are wrapped for. Where the agent never learned that node, or lost it at a restart, the route is there and the device throws the packets away, and only its drop counter moves; where the entry is an old one, it sends them to nobody.",
  source: "https://docs.kernel.org/networking/vxlan.html",
  looksLike: ["overlay-port-blocked", "route-to-peer-missing"], // there the tunnel sends / there is no route into it
  code: "C22",

  *judge(subject) {
    const lost = yield* lostBetweenNodes(subject, true, "not sent");
    if ("status" in lost) return (yield* sentElsewhere(subject)) ?? lost;
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

/** The entry is there, and leads to an address that the other node does not have. */
function* sentElsewhere(subject: Case): Asking<Judgement | undefined> {
  const lost = yield* lostBetweenNodes(subject, true, "left, not arrived");
  const to = "status" in lost ? undefined : sendsElsewhere(lost);
  if (to === undefined || "status" in lost) return undefined;
  const { near, far, flow, dial, device, seen, explains, instead }: Between = lost;
  const own = question(addresses, atNode(far));
  if ((yield* ask(addresses, atNode(far))).some(({ address }) => address === to))
    return excluded(`${to}, where ${device} of node ${near.name} sends, is on node ${far.name}`, [own]);
  if (Object.values(far.object.metadata.annotations ?? {}).includes(to))
    return excluded(`node ${far.name} itself tells the others ${to}: that is flannel-public-address`, [far]);
  const third = subject.scene.allNodes.find(({ internalIPs }) => internalIPs.includes(to));
  if (third && overlayMac(far) !== undefined && overlayMac(third) === overlayMac(far))
    return excluded(
      `nodes ${third.name} and ${far.name} tell of one hardware address, so that one entry is for both: that is overlay-identity-shared`,
      [third, far],
    );
  if (third)
    return possible(
      `${device} of node ${near.name} sends to ${to} of node ${third.name}, and nothing to node ${far.name}`,
      {
        explains,
        family: flow.family,
        missing: `that this is meant for node ${far.name}, and not for the pods of node ${third.name}`,
      },
    );
  const because = `${device} of node ${near.name} sends what is for node ${far.name} to ${to}, which is on none of its interfaces`;
  return proven(because, {
    fix: `Restart the CNI's agent on node ${near.name}, so that it learns ${lost.between[1]} of node ${far.name} anew. \`bridge fdb show dev ${device}\` lists what it knows.`,
    confirm: `Dial again; ${device} of node ${far.name} counts what ${device} of node ${near.name} sends (/proc/net/dev).`,
    explains,
    family: flow.family,
    died: { how: "tuple", dial, by: [...seen, own] },
    instead: [
      { lookalike: "overlay-port-blocked", by: seen },
      { lookalike: "flannel-public-address", by: [far] },
      ...instead,
    ],
  });
}

function droppedBy({ near }: Crossed, device: string): number {
  return near.ok ? (near.value.devices[device]?.sentDropped ?? 0) : 0;
}
