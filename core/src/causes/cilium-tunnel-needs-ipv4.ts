import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { daemonSetNamed, kept } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, failedOnTheWay } from "../judging/failures.ts";
import type { Flow } from "../judging/scene.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { probe as defaultRoutes4 } from "../probes/default-routes4.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Cilium tunnels between the nodes over IPv4, and the nodes have none",
  why: "Cilium's VXLAN and Geneve tunnels go over IPv4 unless underlay-protocol says ipv6, which it can since 1.18. Nodes that have IPv6 addresses only cannot make them, so pods of different nodes do not reach each other.",
  source: "https://docs.cilium.io/en/stable/network/concepts/routing/#encapsulation",
  looksLike: ["route-to-peer-missing", "overlay-port-blocked"], // native routing without a route / the tunnel is there
  code: "C12",

  *judge(subject) {
    const across = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
    if (across.length === 0)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const set = yield* daemonSetNamed(/^cilium$/);
    if (!set) return excluded("no DaemonSet of Cilium was found", [question(daemonSets, {})]);
    const named = { namespace: set.metadata.namespace ?? "kube-system", name: "cilium-config" };
    const config = question(configMap, named);
    const { data = {} } = yield* ask(configMap, named);
    const value = (key: string): string | undefined => kept(key, data[key]);
    const mode = value("routing-mode") ?? (value("tunnel") === "disabled" ? "native" : "tunnel");
    const underlay = value("underlay-protocol") ?? "ipv4";
    if (mode !== "tunnel" || underlay !== "ipv4")
      return excluded(`routing-mode is ${mode}, underlay-protocol ${underlay}`, [config]);
    const ends = subject.scene.nodes.filter(({ name }) => across.some(({ flow }) => isEnd(flow, name)));
    const first = ends.find(
      ({ internalIPs }) => internalIPs.length > 0 && !internalIPs.some((ip) => familyOf(ip) === "IPv4"),
    );
    if (!first) return excluded("the nodes of the dials have IPv4 addresses", [config, ...ends]);
    const lost = across.filter(({ flow }) => isEnd(flow, first.name));
    const [dial] = lost;
    if (!dial) return unknown("no dial goes to such a node");
    const because = `cilium-config has routing-mode ${mode} and underlay-protocol ${underlay}, and node ${first.name} has ${first.internalIPs.join(", ")} only`;
    const remedy = {
      fix: "Set underlay-protocol: ipv6 (Cilium 1.18 and newer), or routing-mode: native with auto-direct-node-routes: true where the nodes share a network; then restart the agents.",
      confirm: "A pod reaches a pod of another node.",
      explains: lost.map(({ id }) => id),
    };
    const inside = subject.symptoms.find(
      ({ flow, family, outcome }) => flow?.scope === "same-node" && family === "IPv6" && outcome === "ok",
    );
    const routed = yield* tryAsk(defaultRoutes4, atNode(first));
    const [way] = routed.ok ? routed.value : [];
    if (!routed.ok || way)
      return possible(because, {
        ...remedy,
        missing: `that it has no IPv4 which Kubernetes does not list: ${routed.ok ? `it has a default route by ${way?.device}` : routed.refusal.message}`,
      });
    if (!inside) return possible(because, { ...remedy, missing: "a pod of the same node that is reached" });
    return proven(`${because}; ${inside.to} on the same node is reached`, {
      ...remedy,
      died: { how: "control", dial, by: [inside, config] },
      instead: [{ lookalike: "route-to-peer-missing", by: [config, first, question(defaultRoutes4, atNode(first))] }],
    });
  },
};

function isEnd(flow: Flow | undefined, node: string): boolean {
  return flow?.from.node === node || flow?.toPod?.node === node;
}
