import { familyOf, parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { lostTo } from "../judging/same-fate.ts";
import type { SceneNode } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { uplinkIsOff } from "../judging/uplink.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { NotLooked, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The node does not have the IPv6 address that Kubernetes lists as its InternalIP",
  why: "A renumbered prefix, a virtual IP that moved on, or a kubelet that chose a temporary address leave an InternalIP that is on no interface. NodePorts, hostNetwork pods and overlays that use it as their other end are sent to nobody.",
  source: "https://kubernetes.io/docs/reference/node/node-status/#addresses",
  looksLike: ["node-without-ipv6-internal-ip", "route-to-peer-missing"], // it lists none there / the address is right
  code: "N03",

  *judge(subject) {
    const lost = failedDials(subject);
    const near = subject.scene.nodes.filter(({ internalIPs }) => internalIPs.some((ip) => familyOf(ip) === "IPv6"));
    if (lost.length === 0 || near.length === 0)
      return excluded("no IPv6 dial failed, or no node lists an IPv6 address", dialsOverIPv6(subject));
    const looked: Ground[] = [];
    let unread: NotLooked | undefined;
    for (const node of near) {
      const found = yield* tryAsk(addresses, atNode(node));
      const listed = node.internalIPs.filter((ip) => familyOf(ip) === "IPv6");
      if (!found.ok) {
        unread ??= new NotLooked(addresses.asks(atNode(node)), found.refusal);
        continue;
      }
      looked.push(question(addresses, atNode(node)));
      const gone = listed.find((ip) => !found.value.some(({ address }) => address === ip));
      if (gone === undefined) continue;
      const off = yield* uplinkIsOff(node);
      if (off) return excluded(`${off.because}: that is ipv6-disabled-on-interface`, off.by);
      const has = found.value.filter(({ scope, device }) => scope === "global" && device !== "lo");
      const because = `node ${node.name} lists ${gone}, which is on none of its interfaces; it has ${has.map(({ device, address }) => `${device} ${address}`).join(", ") || "no global address"}`;
      const itself = lost.find(({ flow }) => flow?.host === gone);
      const sent = yield* sentTo(subject, lost, node, gone);
      const dial = itself ?? sent?.dial;
      const explains = lostTo(
        subject,
        ({ host, scope, from, toPod }) =>
          host === gone ||
          (sent !== undefined && scope === "other-node" && [toPod?.node, from.node].includes(node.name)),
      );
      const remedy = {
        fix: `Give the kubelet of node ${node.name} the address it has (--node-ip=IPV4,IPV6) and restart it, or put ${gone} back; then restart the CNI's agents, which keep the old one.`,
        confirm: `/proc/net/if_inet6 of node ${node.name} lists every InternalIP of the Node.`,
        explains,
      };
      if (!dial)
        return possible(because, {
          ...remedy,
          missing: `a dial of ${gone}, or a route over it to pods that were dialled`,
        });
      const other = notOverIPv4(subject, dial);
      return proven(sent ? `${because}; node ${sent.from} sends there what is for its pods` : because, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(addresses, atNode(node)), ...(sent ? [sent.by] : [])] },
        instead: [{ lookalike: "node-without-ipv6-internal-ip", by: [node] }, ...(other ? [other] : [])],
      });
    }
    if (unread) throw unread;
    return excluded("the nodes that were looked at have their IPv6 InternalIPs", looked);
  },
};

/** A failed dial to or from a pod of the node, whose packets the node at the other end sends to the address that is gone. */
function* sentTo({ scene }: Case, lost: readonly Symptom[], { name }: SceneNode, gone: string) {
  for (const dial of lost) {
    const { from, toPod } = dial.flow ?? {};
    const [pod, other] = toPod?.node === name ? [toPod, from] : [from, toPod];
    const sender = scene.nodes.find((node) => node.name === other?.node);
    const address = parseAddress(pod?.ips.IPv6 ?? "");
    if (pod?.node !== name || !sender || sender.name === name || !address) continue;
    const table = yield* tryAsk(routes, atNode(sender));
    if (table.ok && routeTo(table.value, address)?.gateway === gone)
      return { dial, from: sender.name, by: question(routes, atNode(sender)) };
  }
  return undefined;
}
