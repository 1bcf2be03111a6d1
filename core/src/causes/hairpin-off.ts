import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { failedDials, podName } from "../judging/failures.ts";
import type { SceneService } from "../judging/scene.ts";
import { trackedOf } from "../judging/tracking.ts";
import { probe as bridge } from "../probes/bridge.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The pod cannot reach itself through its own Service",
  why: "A connection that a Service sends back to the pod it came from has to leave by the port it entered, which a bridge forbids without hairpin mode, and has to be masqueraded, or the pod sees a packet from its own address and drops it.",
  source:
    "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#a-pod-fails-to-reach-itself-via-the-service-ip",
  looksLike: ["bridge-hides-replies", "kube-proxy-no-ipv6-rules"], // another pod of the bridge is behind it / nothing is translated
  code: "P06",

  *judge(subject) {
    const lost = failedDials(subject, "timeout").filter(({ flow }) => flow?.scope === "service");
    const [dial] = lost;
    const [node] = subject.scene.nodes;
    const own = dial?.flow?.from.ips.IPv6;
    if (!dial?.flow || !node || !own)
      return excluded("no IPv6 dial to a Service ended in silence", dialsOverIPv6(subject, "service"));
    const crossing = crossingOf(subject.scene, dial.flow, subject.patience);
    if (!crossing) return unknown("the dial could not be watched");
    const { near } = yield* watchCrossing(crossing);
    const watched = trackingSeen(crossing, { near });
    const tracked = near.ok ? trackedOf(dial.flow, near.value) : undefined;
    if (tracked && (tracked.reply.source !== own || !tracked.unreplied))
      return excluded(`node ${node.name} passed the connection on to ${tracked.reply.source}`, [watched]);
    const bare = tracked?.reply.destination === own;
    if (tracked && !bare)
      return excluded(`node ${node.name} sent it back to ${own}, from ${tracked.reply.destination}`, [watched]);
    // What a bridge drops is never tracked; then the pod has to be the only one it can have been sent to.
    const alone = yield* onlyEndpoint(dial.flow.service, own);
    if (!tracked && !alone) return unknown(`node ${node.name} did not show whom the connection went to`);
    const ports = yield* tryAsk(bridge, { node: node.name });
    const asked = question(bridge, { node: node.name });
    const modes = ports.ok ? Object.values(ports.value.hairpin) : [];
    // A bridge looks at its ports' mode where it translates itself; what is routed back to it comes from no port.
    const forbidden = ports.ok && ports.value.callsIp6tables === 1 && modes.length > 0 && modes.every((mode) => !mode);
    const seen = [watched, ...(tracked || !alone ? [] : [alone])] as const;
    const because = tracked
      ? `node ${node.name} passed the connection of ${podName(dial.flow.from)} to ${dial.flow.host} back to ${own} itself`
      : `${own} of ${podName(dial.flow.from)} is the only ready IPv6 endpoint behind ${dial.flow.host}, which it dialled`;
    const remedy = {
      fix: forbidden
        ? "Set hairpinMode: true in the bridge's CNI configuration (flannel's delegate has it) and recreate the pod."
        : "Let kube-proxy masquerade what comes back to its sender: look at clusterCIDR, which needs an IPv6 range, and at its log.",
      confirm: "The pod reaches its own Service.",
      explains: lost.filter(({ flow }) => flow?.service === dial.flow?.service).map(({ id }) => id),
    };
    // Without a list of what is tracked nobody saw that ours is missing.
    if (forbidden && !tracked && near.ok && near.value.tracked)
      return proven(`${because}, and none of the ${modes.length} ports of its bridges has hairpin mode`, {
        ...remedy,
        died: { how: "tuple", dial, by: [...seen, asked] },
        instead: [{ lookalike: "bridge-hides-replies", by: seen }],
      });
    if (bare)
      return proven(`${because}, with its own address as the sender: nothing masqueraded it`, {
        ...remedy,
        died: { how: "tuple", dial, by: [watched] },
        instead: [{ lookalike: "bridge-hides-replies", by: [watched] }],
      });
    return possible(because, {
      ...remedy,
      missing: "the connections that the node tracks, the hairpin mode of the pod's port, and bridge-nf-call-ip6tables",
    });
  },
};

/** The slices that show that nobody else is behind the Service. */
function* onlyEndpoint(service: SceneService | undefined, own: string): Asking<Question | undefined> {
  if (!service) return undefined;
  const named = { namespace: service.namespace, service: service.name };
  const slices = yield* tryAsk(endpointSlices, named);
  const ready = (slices.ok ? slices.value : [])
    .filter(({ addressType }) => addressType === "IPv6")
    .flatMap(({ endpoints }) => (endpoints ?? []) as Endpoint[])
    .filter(({ conditions }) => conditions?.ready !== false)
    .flatMap(({ addresses = [] }) => addresses);
  return ready.length > 0 && ready.every((address) => address === own) ? question(endpointSlices, named) : undefined;
}

interface Endpoint {
  readonly addresses?: readonly string[];
  readonly conditions?: { readonly ready?: boolean };
}
