import { contains, isUniqueLocal, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as nftables } from "../probes/nftables.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  unprovable: true,
  summary: "Pods leave with global addresses that no router leads back to the nodes",
  why: "Pods with addresses out of a global prefix need no translation, but the network has to know that the prefix lies behind the nodes: by BGP, static routes or the cloud's prefix delegation. Without, everything leaves and no answer comes.",
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["ipv6-pool-not-masqueraded", "pod-range-needs-ndp-proxy", "no-way-out-upstream"], // a unique local address / on link / the node fails too
  code: "X02",

  *judge(subject) {
    const outside = failedDials(subject, "timeout").filter(({ flow }) => flow?.scope === "outside");
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    const [dial] = outside;
    const source = parseAddress(pod?.ips.IPv6 ?? "");
    if (!dial?.flow || !node || !pod || !source)
      return excluded("no IPv6 dial to the outside ended in silence", dialsOverIPv6(subject, "outside"));
    if (isUniqueLocal(source)) return excluded("the pod's address is a unique local one", [pod]);
    const table = yield* ask(routes, atNode(node));
    const uplink = table.find(({ destination, reject }) => destination === "::/0" && !reject)?.device;
    const onLink = table.find(({ destination, gateway, device }) => {
      const prefix = parsePrefix(destination);
      return device === uplink && gateway === undefined && prefix && prefix.length > 0 && contains(prefix, source);
    });
    if (onLink)
      return excluded(`${pod.ips.IPv6} is on link at ${uplink} (${onLink.destination})`, [
        question(routes, atNode(node)),
      ]);
    const args = nodeDial(dial.flow, node.name, subject.patience);
    const own = yield* ask(dialProbe, args);
    if (!own.ok)
      return unknown(`node ${node.name} does not reach it either, so that nothing tells who loses the pod's`);
    const filters = yield* tryAsk(nftables, atNode(node));
    if (filters.ok && filters.value.masquerades.length > 0)
      return excluded(`nftables of node ${node.name} translates: ${filters.value.masquerades[0]}`, [
        question(nftables, atNode(node)),
      ]);
    return possible(
      `node ${node.name} reaches ${dial.flow.host}, and ${pod.ips.IPv6} of the pod, a global address, gets no answer`,
      {
        fix: "Let the router of the nodes know the pods' prefix (BGP of the plugin, static routes, the cloud's prefix delegation, source and destination checks off), or masquerade.",
        confirm: "The dial from the pod connects.",
        explains: outside.map(({ id }) => id),
        missing: "the routes of the router beyond the node: a filter there for the pods' prefix looks the same",
      },
    );
  },
};
