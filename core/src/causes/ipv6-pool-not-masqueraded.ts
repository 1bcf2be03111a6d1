import { contains, isUniqueLocal, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { atNode, failedDials, failedOnTheWay } from "../judging/failures.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as dial } from "../probes/dial.ts";
import { probe as ip6tables, type MovingRule } from "../probes/ip6tables.ts";
import { ask, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Pods leave the cluster with a unique local address that nobody routes back to",
  why: "Outside, fd00::/8 does not exist. Either the node translates to its own address (natOutgoing of the Calico pool, --flannel-ipv6-masq, enable-ipv6-masquerade of Cilium; all off or absent by default for IPv6), or the pods need global addresses that are routed to the nodes.",
  source: "https://docs.tigera.io/calico/latest/networking/configuring/workloads-outside-cluster",
  looksLike: ["ra-default-lost", "node-without-default-route", "path-mtu-black-hole"], // the node itself does not get out either / the connection opens
  code: "X01",

  *judge(subject) {
    const outside = failedDials(subject, "timeout").filter(({ flow }) => flow?.scope === "outside");
    const source = parseAddress(subject.scene.pods[0]?.ips.IPv6 ?? "");
    const [node] = subject.scene.nodes;
    const flow = outside[0]?.flow;
    if (!flow || !node || !source) return excluded("no IPv6 dial to the outside ended in silence");
    if (!isUniqueLocal(source)) return excluded("the pod's address is not a unique local one");
    const inside = failedOnTheWay(subject).find((failure) => failure.flow?.scope === "other-node");
    if (inside) return excluded(`${inside.to} inside the cluster is not reached either`);
    const own = yield* ask(dial, nodeDial(flow, node.name, subject.patience));
    if (!own.ok && own.text === "") return excluded(`node ${node.name} gets no answer from there either`);
    const remedy = {
      fix: "Turn on masquerading of IPv6 in the CNI (Calico: natOutgoing: true on the IPv6 pool; flannel and k3s: --flannel-ipv6-masq; Cilium: enable-ipv6-masquerade), or give pods a global prefix that is routed to the nodes.",
      confirm: "The dial from the pod to the outside connects.",
      explains: outside.map(({ id }) => id),
    };
    const reaches = `node ${node.name} reaches ${flow.host}, the pod does not`;
    const pools = yield* tryAsk(calicoPools, {});
    const pool = pools.ok ? pools.value.find(({ spec }) => holds(String(spec?.cidr ?? ""), source)) : undefined;
    if (pool && pool.spec.natOutgoing !== true)
      return proven(
        `${reaches}; IPPool ${pool.metadata.name} (${pool.spec.cidr}) has natOutgoing ${pool.spec.natOutgoing ?? "unset"}`,
        remedy,
      );
    const rules = yield* tryAsk(ip6tables, atNode(node));
    if (!rules.ok) return possible(`${reaches}; the NAT rules could not be read: ${rules.refusal.message}`, remedy);
    if (rules.value.rules.some(translates)) return excluded(`node ${node.name} has rules that translate IPv6`);
    return proven(`${reaches}; ip6tables of node ${node.name} translates no source address`, remedy);
  },
};

/** kube-proxy's own rule only touches what a Service marked before; a rule for pods names their range. */
function translates({ table, chain, target, text }: MovingRule): boolean {
  if (table !== "nat" || (target !== "MASQUERADE" && target !== "SNAT") || text.includes("--mark")) return false;
  return chain !== "KUBE-POSTROUTING" || text.includes(" -s ");
}

function holds(cidr: string, address: NonNullable<ReturnType<typeof parseAddress>>): boolean {
  const prefix = parsePrefix(cidr);
  return prefix !== undefined && contains(prefix, address);
}
