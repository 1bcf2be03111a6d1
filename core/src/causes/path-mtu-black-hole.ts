import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, atPod, failedDials } from "../judging/failures.ts";
import { byTunnel, narrowTunnel } from "../judging/narrow-tunnel.ts";
import { narrowUnderlay } from "../judging/narrow-underlay.ts";
import type { Flow, SceneNode, ScenePod } from "../judging/scene.ts";
import { serverAnswers } from "../judging/silent-server.ts";
import { takenBySize } from "../judging/size-rules.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as links } from "../probes/links.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "Large IPv6 packets vanish on the path: its MTU is smaller than the pod's, and nobody tells the sender",
  why: "IPv6 routers never fragment. They send Packet Too Big, an ICMPv6 message; where a firewall drops it, connections open and then hang as soon as a full packet is sent.",
  source: "https://www.rfc-editor.org/rfc/rfc4890#section-4.3.1",
  // There the pod's own MTU is larger than the tunnel's on its node, or the way between the nodes narrower than their own interfaces.
  looksLike: ["pod-mtu-above-tunnel", "underlay-below-node-mtu"],
  code: "M02",

  *judge(subject) {
    const stalled = failedDials(subject, "stalls");
    const [source] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    if (!source || !node) return unknown("no pod was looked into");
    const narrow = yield* narrowTunnel(subject);
    const pod = yield* tryAsk(counters, atPod(source));
    const told = pod.ok ? (pod.value.moved.Icmp6InPktTooBigs ?? 0) : 0;
    const inside = narrow ? yield* byTunnel(subject, stalled, narrow) : [];
    if (narrow && inside.length > 0 && told === 0)
      return excluded(`${narrow.because}: that is pod-mtu-above-tunnel`, narrow.by);
    const [dial] = stalled;
    if (!dial) return excluded("no connection was seen to hang on a large packet", dialsOverIPv6(subject));
    const seen = yield* tryAsk(counters, atNode(node));
    const tooBig = seen.ok ? (seen.value.moved.Ip6InTooBigErrors ?? 0) : 0;
    const mtus = yield* tryAsk(links, atPod(source));
    const mtu = mtus.ok
      ? Math.min(
          ...Object.entries(mtus.value)
            .filter(([device]) => device !== "lo")
            .map(([, value]) => value),
        )
      : undefined;
    const where =
      tooBig > 0
        ? `node ${node.name} refused ${tooBig} packets as too big, and the pod received ${told} Packet Too Big messages`
        : "no counter of the pod or of its node says so, which points to a link or router further on";
    const because = `${dial.to}: ${dial.text}${mtu ? `; the pod's MTU is ${mtu}` : ""}; ${where}`;
    const remedy = {
      fix: "Let ICMPv6 types 1 to 4 pass every firewall on the path (RFC 4890), first of all on the node that counts the packets. Until then lower the MTU of the CNI to that of the narrowest link, or clamp the MSS with TCPMSS --clamp-mss-to-pmtu.",
      confirm: "The large request is answered; the pod's Icmp6InPktTooBigs rises once per destination.",
      // Another way may be wide enough for a server that is silent.
      explains: stalled.filter(({ flow }) => isSameWay(flow, dial.flow)).map(({ id }) => id),
    };
    const server = yield* serverAnswers(subject, dial);
    if (server?.answers === false)
      return excluded(`the server is silent on large requests: ${server.said}`, [server.by]);
    const unseen = source.hostNetwork ? undefined : yield* unseenTunnel(source, node, narrow !== undefined);
    if (unseen !== undefined)
      return possible(because, {
        ...remedy,
        missing: `whether the pod's MTU is above that of a tunnel of node ${node.name}, which looks the same: ${unseen}`,
      });
    const underlay = yield* narrowUnderlay(subject, [dial]);
    const narrowed = underlay.ok ? underlay.value?.narrow : undefined;
    if (narrowed && !narrowed.unsure)
      return excluded(`${narrowed.because}: that is underlay-below-node-mtu`, [narrowed.between.by]);
    // A switch that drops without a word looks the same.
    const unsure = underlay.ok ? narrowed?.because : underlay.refusal.message;
    if (unsure !== undefined)
      return possible(because, {
        ...remedy,
        missing: `that large packets pass between the nodes themselves (else it is underlay-below-node-mtu): ${unsure}`,
      });
    if (!server)
      return possible(because, {
        ...remedy,
        missing: "the same request where no path is too narrow: a server that is silent on large ones looks the same",
      });
    const taken = yield* takenBySize(subject, [dial]);
    if (taken !== undefined) return possible(because, { ...remedy, missing: taken });
    return proven(`${because}; ${server.said}`, {
      ...remedy,
      died: { how: "control", dial, by: [server.by] },
      instead: [{ lookalike: "a server that is silent on large requests", by: [server.by] }],
    });
  },
};

function isSameWay(one: Flow | undefined, other: Flow | undefined): boolean {
  return (
    one?.scope === other?.scope &&
    one?.toPod?.node === other?.toPod?.node &&
    (one?.toPod !== undefined || one === other)
  );
}

/** Why it is not known whether a tunnel is narrower than the pod believes. */
function* unseenTunnel(pod: ScenePod, node: SceneNode, isNarrow: boolean): Asking<string | undefined> {
  const looks = [yield* tryAsk(links, atPod(pod)), yield* tryAsk(links, atNode(node))];
  const ways = isNarrow ? [yield* tryAsk(routes, atNode(node))] : [];
  return [...looks, ...ways].flatMap((look) => (look.ok ? [] : [look.refusal.message]))[0];
}
