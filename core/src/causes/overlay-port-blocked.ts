import { type Between, lostBetweenNodes, notOurs } from "../judging/between-nodes.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { controlOf } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { sharedOverlays } from "../judging/overlay-identity.ts";
import type { SceneNode } from "../judging/scene.ts";
import { ofLate, sendsElsewhere, tunnelled, tunnelPort } from "../judging/tunnel-ends.ts";
import { untrackedBy } from "../linux/packet-filter.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { probe as nftFate } from "../probes/nft-fate.ts";
import { type UdpOfNode, probe as udpPorts } from "../probes/udp-ports.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";

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
    const other = sendsElsewhere(lost);
    const third = subject.scene.allNodes.find(({ internalIPs }) => internalIPs.includes(other ?? ""));
    if (other !== undefined && !third)
      return excluded(`${device} of node ${near.name} sends to ${other}, and not to node ${far.name}`, seen);
    const remedy = {
      fix: `Open ${tunnel} over ${flow.family} between ${a} and ${b}: in the cloud's security group, the nodes' firewalls, and what filters between them.`,
      confirm: `Dial again; ${device} of node ${far.name} counts what ${device} of node ${near.name} sends (/proc/net/dev).`,
      explains,
      family: flow.family,
    };
    // What goes to a third node may be for the pods there; then nothing for this one was tracked, and its entry may be wrong as well.
    if (third)
      return possible(by, {
        ...remedy,
        missing: `that ${device} sends to ${b}: of what it sends, node ${near.name} tracks only what goes to node ${third.name}`,
      });
    const taken = yield* notTakenThere(lost);
    if (taken !== undefined)
      return possible(`${by}; but ${taken}`, {
        ...remedy,
        fix: `Look at ${device} of node ${far.name}: whether it is up, with the port, the VNI and the checksum settings of node ${near.name} (ip -d link show ${device}); the CNI's agent makes it anew when it is restarted.`,
        missing: "that they are lost before the node, and not in it",
      });
    if (!own) return possible(by, { ...remedy, missing: notOurs });
    const reachedToo = controlOf(lost.crossing, lost.crossed);
    if (!reachedToo) return possible(by, { ...remedy, missing: `that node ${near.name} reaches ${b} itself` });
    return proven(`${by}, while node ${near.name} reaches ${b} itself`, {
      ...remedy,
      died: { how: "tuple", dial, by: seen },
      instead: [
        { lookalike: "underlay-filters-pods", by: [reachedToo] },
        { lookalike: "background traffic", by: seen },
        { lookalike: "the far node's own device", by: [question(udpPorts, udpOf(lost))] },
        ...instead,
      ],
    });
  },
};

/** Why they may have come to the far node, whose own device then did not take them: it has another port or VNI, or is down. */
function* notTakenThere(lost: Between): Asking<string | undefined> {
  const { far, flow, tunnel, crossed, between } = lost;
  const port = tunnelPort(tunnel);
  if (port === undefined) return undefined;
  const there = crossed.far?.ok ? crossed.far.value : undefined;
  const sent = tunnelled(lost, crossed.near.ok ? crossed.near.value : undefined);
  const come = tunnelled(lost, there);
  const lately = ofLate(sent).map(({ original }) => original.sourcePort);
  // A tunnel sends each connection from a port of its own: what came before it was blocked is not what was sent now.
  if (come.some(({ original }) => sent.length === 0 || lately.includes(original.sourcePort)))
    return `node ${far.name} tracks ${tunnel} from ${between[0]}, so that they come, or came three minutes ago`;
  const unseen = flow.family === "IPv6" ? yield* untrackedAt(far, between, port) : undefined;
  if (unseen !== undefined) return unseen;
  const broken = flow.family === "IPv6" ? (there?.counters.Udp6InCsumErrors ?? 0) : 0;
  if (broken > 0) return `node ${far.name} refused ${broken} datagrams meanwhile for their checksum`;
  const open = yield* tryAsk(udpPorts, udpOf(lost));
  if (!open.ok) return `the UDP ports of node ${far.name} could not be read: ${open.refusal.message}`;
  return open.value.includes(port) ? undefined : `${tunnel} is open on node ${far.name} to nobody`;
}

/** Why datagrams of a tunnel may come to a node that tracks none of them. */
function* untrackedAt(far: SceneNode, between: Between["between"], port: number): Asking<string | undefined> {
  const [source, destination] = between;
  const packet = { source, destination, protocol: "udp", destinationPort: port } as const;
  const rules = yield* tryAsk(ip6tables, atNode(far));
  if (!rules.ok) return `whether node ${far.name} tracks such datagrams could not be read: ${rules.refusal.message}`;
  const rule = untrackedBy(rules.value, { ...packet, state: "NEW" });
  if (rule) return `"${rule}" of node ${far.name} keeps them out of what it tracks, so that they may come`;
  const packets = [{ ...packet, state: "new", translated: false, way: "in" }] as const;
  const fates = yield* tryAsk(nftFate, { ...atNode(far), packets, together: "nftables" });
  if (!fates.ok) return `whether node ${far.name} tracks such datagrams could not be read: ${fates.refusal.message}`;
  return fates.value[0]?.untracked
    ? `nftables of node ${far.name} keeps them out of what it tracks, so that they may come`
    : undefined;
}

function udpOf({ far, flow }: Between): UdpOfNode {
  return { node: far.name, family: flow.family };
}
