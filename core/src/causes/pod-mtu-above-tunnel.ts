import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { adviceFor } from "../judging/cni-agents.ts";
import { atNode, atPod, podName, seenFailing } from "../judging/failures.ts";
import { byTunnel, narrowTunnel } from "../judging/narrow-tunnel.ts";
import { serverAnswers } from "../judging/silent-server.ts";
import { takenBySize } from "../judging/size-rules.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as links } from "../probes/links.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The pod's MTU is larger than that of the tunnel its packets go through",
  why: "VXLAN over IPv6 takes 70 bytes of the underlay's MTU, not 50; WireGuard 80. A pod that believes in more sends packets that the node refuses with Packet Too Big, which works only if nobody filters ICMPv6.",
  source: "https://docs.tigera.io/calico/latest/networking/configuring/mtu",
  looksLike: ["path-mtu-black-hole"], // there the node's own interfaces are wide enough
  code: "M01",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    if (!pod || !node || pod.hostNetwork) return unknown("no pod with a network of its own was looked into");
    // Who may not look at one of them has seen nothing.
    const seen = [question(links, atPod(pod)), question(links, atNode(node))] as const;
    yield* ask(links, atPod(pod));
    yield* ask(links, atNode(node));
    const narrow = yield* narrowTunnel(subject);
    if (!narrow) return excluded(`the MTU of ${podName(pod)} is no larger than that of its node's tunnels`, seen);
    const { because } = narrow;
    const stalled = seenFailing(subject, "stalls");
    const within = yield* byTunnel(subject, stalled, narrow);
    const remedy = {
      fix: `Lower the MTU the CNI gives pods to ${narrow.mtu} (${yield* adviceFor(settings)}) and recreate the pods.`,
      confirm: "The large request is answered.",
      explains: within.map(({ id }) => id),
    };
    const [dial] = stalled;
    if (!dial) {
      // The node tells pods of its tunnel's MTU, so a larger one of theirs costs a packet, and no more while that works.
      const answered = subject.symptoms.filter(
        ({ flow, outcome, family }) => flow?.http && outcome === "ok" && family === "IPv6",
      );
      if (answered.length > 0) return excluded(`${because}; large requests are answered all the same`, answered);
      return possible(`${because}; no large request was seen to hang`, remedy);
    }
    const [inside] = within;
    if (!inside)
      return excluded(`${dial.to} is not reached by ${narrow.device} of node ${node.name}`, [
        question(routes, atNode(node)),
      ]);
    const server = yield* serverAnswers(subject, inside);
    if (server?.answers === false)
      return excluded(`the server is silent on large requests: ${server.said}`, [server.by]);
    if (!server)
      return possible(because, {
        ...remedy,
        missing: "the same request where no path is too narrow: a server that is silent on large ones looks the same",
      });
    const own = yield* tryAsk(counters, atPod(pod));
    const told = own.ok ? (own.value.moved.Icmp6InPktTooBigs ?? 0) : 0;
    if (told > 0)
      return excluded(`${because}; the pod was told ${told} times that its packets are too big`, [
        question(counters, atPod(pod)),
      ]);
    const there = yield* tryAsk(counters, atNode(node));
    const tooBig = there.ok ? (there.value.moved.Ip6InTooBigErrors ?? 0) : 0;
    // Who was told earlier sends smaller ones, for ten minutes.
    if (tooBig === 0 || !own.ok)
      return possible(because, {
        ...remedy,
        missing: `that node ${node.name} refuses packets as too big while we dial`,
      });
    const taken = yield* takenBySize(subject, [inside]);
    if (taken !== undefined) return possible(because, { ...remedy, missing: taken });
    return proven(`${because}, which refused ${tooBig} packets as too big while we dialled, and nobody told the pod`, {
      ...remedy,
      died: { how: "control", dial: inside, by: [server.by, question(counters, atNode(node))] },
      instead: [
        { lookalike: "a server that is silent on large requests", by: [server.by] },
        { lookalike: "path-mtu-black-hole", by: seen },
        { lookalike: "a node that tells the pod", by: [question(counters, atPod(pod))] },
      ],
    });
  },
};

/** The setting of each plugin. */
const settings = {
  calico: "Felix: vxlanMTUV6, wireguardMTUV6 or veth_mtu",
  flannel: "flannel: the MTU of its backend",
  cilium: "Cilium: mtu",
} as const;
