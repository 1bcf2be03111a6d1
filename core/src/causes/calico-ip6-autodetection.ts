import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed, environment, setName } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, failedOnTheWay } from "../judging/failures.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { probe as routes } from "../probes/routes.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Calico does not look for the nodes' IPv6 addresses",
  why: 'IP6 is "none" unless set. A node without a Calico IPv6 address takes part in no IPv6 BGP session and in no VXLAN over IPv6, so pods reach only their own node.',
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ip-autodetection",
  looksLike: ["route-to-peer-missing", "calico-felix-ipv6-off"], // what is missing there follows from this setting here
  code: "C02",

  *judge(subject) {
    const lost = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && !flow.toPod?.hostNetwork);
    const [dial] = lost;
    if (!dial)
      return excluded("no IPv6 dial to another node was lost on the way", dialsOverIPv6(subject, "other-node"));
    const sets = question(daemonSets, {});
    const set = yield* daemonSetNamed(/^calico-node/);
    if (!set) return excluded("no DaemonSet of Calico was found", [sets]);
    const method = environment(set, "IP6");
    const ends = subject.scene.nodes.filter(({ name }) =>
      [dial.flow?.from.node, dial.flow?.toPod?.node].includes(name),
    );
    const bare = ends.find(({ object }) => !object.metadata.annotations?.["projectcalico.org/IPv6Address"]);
    if (method !== undefined && method !== "none" && method !== "") return excluded(`IP6 is ${method}`, [sets]);
    if (!bare) return excluded("both nodes have a projectcalico.org/IPv6Address annotation", ends);
    const because = `${setName(set)} ${method === undefined ? "does not set IP6" : `sets IP6=${method}`}, and node ${bare.name} has no projectcalico.org/IPv6Address annotation`;
    const remedy = {
      fix: `Set IP6=autodetect on ${setName(set)}, and IP6_AUTODETECTION_METHOD where a node has several addresses (kubernetes-internal-ip is the safest); the operator takes it from nodeAddressAutodetectionV6 in Installation.spec.calicoNetwork, and undoes what is written elsewhere.`,
      confirm: "Every node has a projectcalico.org/IPv6Address annotation.",
      explains: lost.filter(({ flow }) => flow?.toPod?.node === dial.flow?.toPod?.node).map(({ id }) => id),
    };
    if (environment(set, "CALICO_NETWORKING_BACKEND") === "none")
      return possible(`${because}; but Calico does no networking here`, remedy);
    const at = atNode({ name: dial.flow?.from.node ?? bare.name });
    const table = yield* tryAsk(routes, at);
    const to = parseAddress(dial.flow?.toPod?.ips.IPv6 ?? "");
    if (!table.ok || !to)
      return possible(because, {
        ...remedy,
        missing: "the routes of the node that dials, which should lack the other node's pods",
      });
    const route = routeTo(table.value, to);
    if (route && route.destination !== "::/0")
      return excluded(`the node has a route to ${dial.to}: ${route.destination}`, [question(routes, at)]);
    return proven(`${because}, nor has the node that dials a route to the other node's pods`, {
      ...remedy,
      died: { how: "tuple", dial, by: [question(routes, at)] },
      instead: [{ lookalike: "calico-felix-ipv6-off", by: [sets, bare] }],
    });
  },
};
