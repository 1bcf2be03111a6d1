import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { atNode, failedDials, nodeSysctl } from "../judging/failures.ts";
import { trackedOf } from "../judging/tracking.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as bridge } from "../probes/bridge.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "Answers of a pod on the same bridge pass the node's rules by, so that a Service's address is not put back",
  why: "A Service's address is translated by the node. Where both pods are on one bridge the answer goes straight from one to the other, and only br_netfilter with bridge-nf-call-ip6tables=1 shows it to the rules; without it the client gets an answer from an address it never dialled, and resets it.",
  source: "https://kubernetes.io/docs/setup/production-environment/container-runtimes/",
  looksLike: ["kube-proxy-no-ipv6-rules", "hairpin-off"], // it is not translated at all / the pod's own endpoint is dialled
  code: "K16",

  *judge(subject) {
    const lost = failedDials(subject, "timeout").filter(({ flow }) => flow?.scope === "service");
    const [dial] = lost;
    const [node] = subject.scene.nodes;
    if (!dial?.flow || !node)
      return excluded("no IPv6 dial to a Service ended in silence", dialsOverIPv6(subject, "service"));
    const seen = yield* ask(bridge, { node: node.name });
    const asked = question(bridge, { node: node.name });
    if (seen.callsIp6tables === 1) return excluded(`bridge-nf-call-ip6tables of node ${node.name} is 1`, [asked]);
    if (Object.keys(seen.hairpin).length === 0)
      return excluded(`no device of node ${node.name} is a port of a bridge`, [asked]);
    const crossing = crossingOf(subject.scene, dial.flow, subject.patience);
    if (!crossing) return unknown("the dial could not be watched");
    const { near } = yield* watchCrossing(crossing);
    const watched = trackingSeen(crossing, { near });
    const tracked = near.ok ? trackedOf(dial.flow, near.value) : undefined;
    if (!tracked) return unknown(`node ${node.name} did not show whom the connection went to`);
    const to = tracked.reply.source;
    const own = dial.flow.from.ips.IPv6;
    if (to === dial.flow.host || to === own || !tracked.unreplied)
      return excluded(`node ${node.name} passed the connection on to ${to}`, [watched]);
    const table = yield* ask(routes, atNode(node));
    const [there, back] = [to, own].map((text) => {
      const address = parseAddress(text ?? "");
      return address ? routeTo(table, address) : undefined;
    });
    if (!there || there.gateway !== undefined || there.device !== back?.device)
      return excluded(`${to} is on no bridge with the pod`, [watched, question(routes, atNode(node))]);
    const because = `node ${node.name} translated ${dial.flow.host} to ${to}, which is on ${there.device} like the pod itself, and bridge-nf-call-ip6tables ${seen.callsIp6tables === undefined ? "does not exist: br_netfilter is not loaded" : `is ${seen.callsIp6tables}`}`;
    const remedy = {
      fix: `On node ${node.name}: modprobe br_netfilter, with a line in /etc/modules-load.d/. ${nodeSysctl(node.name, "net.bridge.bridge-nf-call-ip6tables", 1)}`,
      confirm: "The Service answers from a pod beside its endpoint.",
      explains: lost.filter(({ flow }) => flow?.service === dial.flow?.service).map(({ id }) => id),
    };
    const reached = subject.symptoms.find(
      ({ flow, outcome, family }) =>
        family === "IPv6" && outcome === "ok" && (flow?.host === to || flow?.scope === "same-node"),
    );
    const other = notOverIPv4(subject, dial);
    if (!reached) return possible(because, { ...remedy, missing: `that ${to} itself is reached` });
    return proven(`${because}; ${reached.to} is reached directly`, {
      ...remedy,
      died: { how: "control", dial, by: [reached, watched, asked] },
      instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [watched] }, ...(other ? [other] : [])],
    });
  },
};
