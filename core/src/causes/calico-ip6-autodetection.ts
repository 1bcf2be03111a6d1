import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed, environment, setName } from "../judging/cni-agents.ts";
import { failedOnTheWay } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Calico does not look for the nodes' IPv6 addresses",
  why: 'IP6 is "none" unless set. A node without a Calico IPv6 address takes part in no IPv6 BGP session and in no VXLAN over IPv6, so pods reach only their own node.',
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ip-autodetection",
  looksLike: ["route-to-peer-missing", "calico-felix-ipv6-off"], // what is missing there follows from this setting here
  code: "C02",

  *judge(subject) {
    const lost = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node");
    if (lost.length === 0) return excluded("no IPv6 dial to another node was lost on the way");
    const set = yield* daemonSetNamed(/^calico-node/);
    if (!set) return excluded("no DaemonSet of Calico was found");
    const method = environment(set, "IP6");
    const bare = subject.scene.nodes.filter(
      ({ object }) => !object.metadata.annotations?.["projectcalico.org/IPv6Address"],
    );
    if (method !== undefined && method !== "none" && method !== "") return excluded(`IP6 is ${method}`);
    if (bare.length === 0) return excluded("every node has a projectcalico.org/IPv6Address annotation");
    const because = `${setName(set)} ${method === undefined ? "does not set IP6" : `sets IP6=${method}`}, and node ${bare[0]?.name} has no projectcalico.org/IPv6Address annotation`;
    const remedy = {
      fix: `Set IP6=autodetect on ${setName(set)}, and IP6_AUTODETECTION_METHOD where a node has several addresses (kubernetes-internal-ip is the safest).`,
      confirm: "Every node has a projectcalico.org/IPv6Address annotation.",
      explains: lost.map(({ id }) => id),
    };
    return environment(set, "CALICO_NETWORKING_BACKEND") === "none"
      ? possible(`${because}; but Calico does no networking here`, remedy)
      : proven(because, remedy);
  },
};
