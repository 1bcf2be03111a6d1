import { lostBetweenNodes, notOurs } from "../judging/between-nodes.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { controlOf } from "../judging/crossing.ts";
import { sharedOverlays } from "../judging/overlay-identity.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The overlay's packets are lost between the nodes over this family",
  why: "Pods of different nodes talk through a tunnel: UDP 8472 for flannel and Cilium, 4789 for Calico, 51820 and up for WireGuard. Where a security group or firewall opens the port for IPv4 addresses only, the IPv6 tunnel is silent while everything else between the nodes works.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md#firewalls",
  looksLike: ["underlay-filters-pods", "route-to-peer-missing"], // nodes do not reach each other either / nothing is sent
  code: "F05",

  *judge(subject) {
    const lost = yield* lostBetweenNodes(subject, true, "left, not arrived");
    if ("status" in lost) return lost;
    const { near, far, flow, dial, device, tunnel, by, own, seen, explains, instead } = lost;
    const shared = sharedOverlays(subject.scene.allNodes).map(({ name }) => name);
    if (shared.includes(near.name) || shared.includes(far.name))
      return excluded(`${device} has one hardware address on several nodes: that is overlay-identity-shared`, [far]);
    const [a, b] = lost.between;
    const remedy = {
      fix: `Open ${tunnel} over ${flow.family} between ${a} and ${b}: in the cloud's security group, the nodes' firewalls, and what filters between them.`,
      confirm: `Dial again; ${device} of node ${far.name} counts what ${device} of node ${near.name} sends (/proc/net/dev).`,
      explains,
      family: flow.family,
    };
    if (!own) return possible(by, { ...remedy, missing: notOurs });
    const reachedToo = controlOf(lost.crossing, lost.crossed);
    if (!reachedToo) return possible(by, { ...remedy, missing: `that node ${near.name} reaches ${b} itself` });
    return proven(`${by}, while node ${near.name} reaches ${b} itself`, {
      ...remedy,
      died: { how: "tuple", dial, by: seen },
      instead: [
        { lookalike: "underlay-filters-pods", by: [reachedToo] },
        { lookalike: "background traffic", by: seen },
        ...instead,
      ],
    });
  },
};
