import { contains, isUniqueLocal, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { crossingOf, watchCrossing, watchedBy } from "../judging/crossing.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { trackedOf } from "../judging/tracking.ts";
import { probe as dial } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  unprovable: true,
  summary: "Pods have addresses out of the nodes' own on-link prefix, and nobody answers for them there",
  why: "A provider that hands out one /64 on the wire expects every address of it to answer neighbour discovery itself. Packets of pods leave, but the router asks for their addresses on the link, where no interface has them, and drops the answers.",
  source: "https://www.rfc-editor.org/rfc/rfc4389",
  looksLike: ["ipv6-pool-not-masqueraded", "node-without-default-route"], // the address is unique local there / the node does not get out either
  code: "I10",

  *judge(subject) {
    const outside = failedDials(subject, "timeout", "host-unreachable").filter(({ flow }) => flow?.scope === "outside");
    const own = parseAddress(subject.scene.pods[0]?.ips.IPv6 ?? "");
    const [node] = subject.scene.nodes;
    const [failed] = outside;
    const flow = failed?.flow;
    if (!failed || !flow || !node || !own)
      return excluded("no IPv6 dial to the outside ended in silence", dialsOverIPv6(subject, "outside"));
    if (isUniqueLocal(own)) return excluded("the pod's address is a unique local one", [flow.from]);
    const table = question(routes, atNode(node));
    const onLink = (yield* ask(routes, atNode(node))).find(({ destination, gateway, device, reject }) => {
      const prefix = parsePrefix(destination);
      const uplink = node.internalIPs.some((ip) => {
        const address = parseAddress(ip);
        return prefix && address && contains(prefix, address);
      });
      return !gateway && !reject && device !== "lo" && uplink && prefix && prefix.length < 128 && contains(prefix, own);
    });
    if (!onLink) return excluded("the pod's address is in no prefix that the node shares with its router", [table]);
    const args = nodeDial(flow, node.name, subject.patience);
    const itself = yield* tryAsk(dial, args);
    if (itself.ok && outcomeOf(itself.value).outcome === "timeout")
      return unknown(`node ${node.name} gets no answer from there either, so that nothing tells who loses the pod's`);
    const crossing = crossingOf(subject.scene, flow, subject.patience);
    const crossed = crossing ? yield* watchCrossing(crossing) : undefined;
    const tracked = trackedOf(flow, crossed?.near.ok ? crossed.near.value : undefined);
    const watched = crossing && crossed ? watchedBy(crossing, crossed) : [];
    if (tracked && tracked.reply.destination !== tracked.original.source)
      return excluded(`node ${node.name} translates the pod to ${tracked.reply.destination}`, watched);
    const because = `${subject.scene.pods[0]?.ips.IPv6} of the pod is inside ${onLink.destination}, which is on link at ${onLink.device} of node ${node.name}`;
    const remedy = {
      fix: `Have a prefix routed to the nodes for their pods, masquerade IPv6, or let node ${node.name} answer for its pods: net.ipv6.conf.${onLink.device}.proxy_ndp=1 and an entry each (ip -6 neigh add proxy ADDRESS dev ${onLink.device}, or ndppd).`,
      confirm: "The dial from the pod to the outside connects.",
      explains: outside.map(({ id }) => id),
    };
    return possible(
      tracked?.unreplied ? `${because}; its connection left untranslated, and nobody answered` : because,
      {
        ...remedy,
        missing: "that the router looks for the pod on the link in vain: it may have a route to the pods, and a filter",
      },
    );
  },
};
