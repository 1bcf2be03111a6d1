import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, atPod, failedDials, podName } from "../judging/failures.ts";
import { gatewayAnswers, gatewayIsDead, podGateway } from "../judging/pod-gateway.ts";
import { lostFrom } from "../judging/same-fate.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The node's end of the pod's link has lost its link-local address, which is the pod's gateway",
  why: "With Calico and others a pod's default route goes to a link-local address of the node's end of its veth pair. NetworkManager, addr_gen_mode=1 or disable_ipv6 on that interface take it away; then nobody answers the pod's neighbour solicitations, while other pods of the node work.",
  source: "https://docs.tigera.io/calico/latest/reference/faq#why-does-my-container-have-a-route-to-16925411",
  looksLike: ["pod-gateway-missing", "neighbour-discovery-dropped"], // the gateway is a global address / the interface has it
  code: "K09",

  *judge(subject) {
    const lost = failedDials(subject, "host-unreachable", "timeout");
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    const own = parseAddress(pod?.ips.IPv6 ?? "");
    if (lost.length === 0 || !pod || !node || !own || pod.hostNetwork)
      return excluded("no IPv6 dial failed for want of a neighbour", dialsOverIPv6(subject));
    const found = yield* podGateway(pod, lost);
    if (!found?.linkLocal)
      return excluded(`what ${podName(pod)} dials goes to no gateway with a link-local address`, [
        question(routes, atPod(pod)),
      ]);
    const device = routeTo(yield* ask(routes, atNode(node)), own)?.device;
    const on = (yield* ask(addresses, atNode(node))).filter(({ scope }) => scope === "link");
    if (!device) return excluded(`node ${node.name} has no route to ${podName(pod)}`, [question(routes, atNode(node))]);
    if (on.some((one) => one.device === device && one.address === found.gateway))
      return excluded(`${device} of node ${node.name} has ${found.gateway}`, [question(addresses, atNode(node))]);
    const left = on.filter((one) => one.device === device).map(({ address }) => address);
    const because = `what ${podName(pod)} dials goes to ${found.gateway}; ${device} of node ${node.name}, its other end, has ${left.join(", ") || "no link-local address"}`;
    const remedy = {
      fix: `On node ${node.name}: sysctl -w net.ipv6.conf.${device}.addr_gen_mode=0 and disable_ipv6=0, tell NetworkManager (unmanaged-devices) and systemd-networkd to leave the CNI's interfaces alone, then recreate ${podName(pod)}.`,
      confirm: `/proc/net/if_inet6 of node ${node.name} lists ${found.gateway} on the pod's interface.`,
      explains: (yield* lostFrom(subject, pod, ["timeout", "host-unreachable"])).map(({ id }) => id),
    };
    if (found.asked === 0) return possible(because, { ...remedy, missing: "that it was asked for in vain" });
    const dead = yield* gatewayIsDead(pod, found);
    const living = dead ? undefined : yield* gatewayAnswers(pod, found);
    if (living) return excluded(`somebody answers for ${found.gateway}`, [living]);
    if (!dead)
      return possible(because, {
        ...remedy,
        missing: `that nobody has it: a dial of ${found.gateway}%${found.device} from ${podName(pod)} that ends with "no route to host"`,
      });
    const { dial } = found;
    const other = notOverIPv4(subject, dial);
    return proven(`${because}; ${podName(pod)} asked for it in vain: no route to host`, {
      ...remedy,
      died: { how: "tuple", dial, by: [...found.by, ...dead] },
      instead: [
        {
          lookalike: "neighbour-discovery-dropped",
          by: [question(addresses, atNode(node)), question(routes, atNode(node))],
        },
        ...(other ? [other] : []),
      ],
    });
  },
};
