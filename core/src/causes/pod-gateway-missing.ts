import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, atPod, failedDials, podName } from "../judging/failures.ts";
import { gatewayAnswers, gatewayIsDead, podGateway } from "../judging/pod-gateway.ts";
import { lostFrom } from "../judging/same-fate.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The gateway address that pods use is on no interface of their node",
  why: "Pods keep the default route they were started with. If the CNI later gives its bridge or router another address, running pods ask for a neighbour that is gone, and reach nobody beyond their own link; new pods work.",
  source: "https://www.cni.dev/plugins/current/main/bridge/",
  // On these the gateway is there: its host side lost the link-local address / a firewall drops the questions.
  looksLike: ["host-side-without-link-local", "neighbour-discovery-dropped"],
  code: "K21",

  *judge(subject) {
    const lost = failedDials(subject, "host-unreachable", "timeout");
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    if (lost.length === 0 || !pod || !node || pod.hostNetwork)
      return excluded("no IPv6 dial failed for want of a neighbour", dialsOverIPv6(subject));
    const found = yield* podGateway(pod, lost);
    if (!found || found.linkLocal)
      return excluded(`what ${podName(pod)} dials goes to a gateway with a link-local address, or to none`, [
        question(routes, atPod(pod)),
      ]);
    const there = (yield* ask(addresses, atNode(node))).find(({ address }) => address === found.gateway);
    if (there)
      return excluded(`${found.gateway} is on ${there.device} of node ${node.name}`, [
        question(addresses, atNode(node)),
      ]);
    const because = `what ${podName(pod)} dials goes to ${found.gateway}, which is on no interface of node ${node.name}`;
    const remedy = {
      fix: `Put ${found.gateway} back on the interface of node ${node.name} that its pods hang on, or recreate the pods of the node so that they get today's gateway.`,
      confirm: `/proc/net/if_inet6 of node ${node.name} lists the gateway of its pods.`,
      explains: (yield* lostFrom(subject, pod, ["timeout", "host-unreachable"])).map(({ id }) => id),
    };
    if (found.asked === 0) return possible(because, { ...remedy, missing: "that it was asked for in vain" });
    const dead = yield* gatewayIsDead(pod, found);
    const living = dead ? undefined : yield* gatewayAnswers(pod, found);
    if (living) return excluded(`somebody answers for ${found.gateway}`, [living]);
    if (!dead)
      return possible(because, {
        ...remedy,
        missing: `that nobody has it: a dial of ${found.gateway} from ${podName(pod)} that ends with "no route to host"`,
      });
    const { dial } = found;
    const other = notOverIPv4(subject, dial);
    return proven(`${because}; ${podName(pod)} asked for it in vain: no route to host`, {
      ...remedy,
      died: { how: "tuple", dial, by: [...found.by, ...dead] },
      instead: [
        { lookalike: "neighbour-discovery-dropped", by: [question(addresses, atNode(node))] },
        ...(other ? [other] : []),
      ],
    });
  },
};
