import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, twinOf } from "../judging/compared.ts";
import { dialArgs } from "../judging/dial-args.ts";
import { atNode, atPod, failedDials } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { isStalling, type Symptom } from "../judging/symptom.ts";
import { probe as bigRequest } from "../probes/big-request.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as links } from "../probes/links.ts";
import { probe as smallPieces } from "../probes/small-pieces.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "Large IPv6 packets vanish on the path: its MTU is smaller than the pod's, and nobody tells the sender",
  why: "IPv6 routers never fragment. They send Packet Too Big, an ICMPv6 message; where a firewall drops it, connections open and then hang as soon as a full packet is sent.",
  source: "https://www.rfc-editor.org/rfc/rfc4890#section-4.3.1",
  looksLike: ["pod-mtu-above-tunnel"], // there the pod's own MTU is larger than the tunnel's on its node
  code: "M02",

  *judge(subject) {
    const stalled = failedDials(subject, "stalls");
    const [source] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    if (!source || !node) return unknown("no pod was looked into");
    const [dial] = stalled;
    if (!dial) return excluded("no connection was seen to hang on a large packet", dialsOverIPv6(subject));
    const seen = yield* tryAsk(counters, atNode(node));
    const pod = yield* tryAsk(counters, atPod(source));
    const tooBig = seen.ok ? (seen.value.moved.Ip6InTooBigErrors ?? 0) : 0;
    const told = pod.ok ? (pod.value.moved.Icmp6InPktTooBigs ?? 0) : 0;
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
      explains: stalled.map(({ id }) => id),
    };
    const args = dial.flow && dialArgs(dial.flow, subject.patience);
    const small = args ? yield* tryAsk(smallPieces, args) : undefined;
    const pieces = args && question(smallPieces, args);
    if (pieces && small?.ok && !small.value.ok)
      return excluded("the same bytes in small packets get no answer either: it is the server that is silent", [
        pieces,
      ]);
    const over4 = pieces && small?.ok ? undefined : yield* overIPv4(subject, dial);
    const control: Ground | undefined = pieces && small?.ok ? pieces : over4?.stalls === false ? over4.by : undefined;
    if (!control && tooBig === 0)
      return possible(over4?.stalls ? `${because}; IPv4 to the same port stalls on the same sizes` : because, {
        ...remedy,
        missing: "the same bytes in small packets: a server that is silent on large requests looks the same",
      });
    const by: Ground = control ?? question(counters, atNode(node));
    const fared = control === pieces ? "the same bytes in small packets are answered" : "IPv4 answers the same sizes";
    return proven(control ? `${because}; ${fared}` : because, {
      ...remedy,
      died: control ? { how: "control", dial, by: [by] } : { how: "counted", dial, by: [by], packets: tooBig },
      instead: [{ lookalike: "a server that is silent on large requests", by: [by] }],
    });
  },
};

/** The same requests over IPv4; undefined if there is nothing to compare. */
function* overIPv4(subject: Case, dial: Symptom): Asking<{ stalls: boolean; by: Ground } | undefined> {
  const flow = twinOf(subject, dial)?.flow;
  if (!flow?.host) return undefined;
  const args = dialArgs(flow, subject.patience);
  const request = yield* tryAsk(bigRequest, args);
  if (!request.ok || !request.value.small.ok) return undefined;
  return { stalls: isStalling(request.value, subject.patience), by: question(bigRequest, args) };
}
