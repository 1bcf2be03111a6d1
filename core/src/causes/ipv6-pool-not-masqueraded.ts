import { contains, isUniqueLocal, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { WantedMend } from "../cluster/changes.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven, unknown } from "../judging/cause.ts";
import { adviceFor, daemonSetNamed } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { atNode, failedDials, failedOnTheWay } from "../judging/failures.ts";
import { agentName, agentSays } from "../judging/network-agents.ts";
import type { Flow, SceneNode } from "../judging/scene.ts";
import { trackedOf } from "../judging/tracking.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as dial } from "../probes/dial.ts";
import { probe as ip6tables, type MovingRule } from "../probes/ip6tables.ts";
import { probe as nftables } from "../probes/nftables.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Pods leave the cluster with a unique local address that nobody routes back to",
  why: "Outside, fd00::/8 does not exist. Either the node translates to its own address (natOutgoing of the Calico pool, --flannel-ipv6-masq, enable-ipv6-masquerade of Cilium; all off or absent by default for IPv6), or the pods need global addresses that are routed to the nodes.",
  source: "https://docs.tigera.io/calico/latest/networking/configuring/workloads-outside-cluster",
  looksLike: ["ra-default-lost", "node-without-default-route", "path-mtu-black-hole"], // the node itself does not get out either / the connection opens
  code: "X01",

  *judge(subject) {
    const outside = failedDials(subject, "timeout").filter(({ flow }) => flow?.scope === "outside");
    const [pod] = subject.scene.pods;
    const source = parseAddress(pod?.ips.IPv6 ?? "");
    const [node] = subject.scene.nodes;
    const [failed] = outside;
    if (!failed?.flow || !node || !source || !pod)
      return excluded("no IPv6 dial to the outside ended in silence", dialsOverIPv6(subject, "outside"));
    if (!isUniqueLocal(source)) return excluded("the pod's address is not a unique local one", [pod]);
    const inside = failedOnTheWay(subject).find((failure) => failure.flow?.scope === "other-node");
    if (inside && !(yield* leftAsItCame(subject, failed.flow)))
      return unknown(`${inside.to} inside the cluster is not reached either, and nothing was seen to leave the node`);
    const rules = yield* tryAsk(ip6tables, atNode(node));
    const filters = yield* tryAsk(nftables, atNode(node));
    const rule = rules.ok ? rules.value.rules.find(translates)?.text : undefined;
    const [masquerade] = filters.ok ? filters.value.masquerades : [];
    // A rule may be for others: what left as it came was translated by none.
    const untouched = (rule ?? masquerade) === undefined ? undefined : yield* leftAsItCame(subject, failed.flow);
    if (rule !== undefined && !untouched)
      return excluded(`node ${node.name} has rules that translate IPv6`, [question(ip6tables, atNode(node))]);
    if (masquerade !== undefined && !untouched)
      return excluded(`nftables of node ${node.name} translates: ${masquerade}`, [question(nftables, atNode(node))]);
    const pools = yield* tryAsk(calicoPools, {});
    const pool = pools.ok ? pools.value.find(({ spec }) => holds(String(spec?.cidr ?? ""), source)) : undefined;
    const cilium = pool ? undefined : yield* daemonSetNamed(/^cilium$/);
    const remedy = {
      ...mendOf(pool?.metadata.name, cilium?.metadata.namespace),
      fix: `Turn on masquerading of IPv6 in the CNI (${yield* adviceFor(settings)}), or give pods a global prefix that is routed to the nodes.`,
      confirm: "The dial from the pod to the outside connects.",
      explains: outside.map(({ id }) => id),
    };
    const nothing = !rules.ok
      ? ""
      : (rule ?? masquerade) === undefined
        ? `ip6tables of node ${node.name} translates no source address`
        : `what node ${node.name} translates by is for others: ${rule ?? masquerade}`;
    const unset =
      pool && pool.spec.natOutgoing !== true
        ? `IPPool ${pool.metadata.name} (${pool.spec.cidr}) has natOutgoing ${pool.spec.natOutgoing ?? "unset"}`
        : "";
    const defect = [unset, nothing].filter(Boolean).join("; ");
    if (!defect) return unknown(`the NAT rules could not be read: ${rules.ok ? "" : rules.refusal.message}`);
    const args = nodeDial(failed.flow, node.name, subject.patience);
    const own = yield* tryAsk(dial, args);
    const control = question(dial, args);
    if (!own.ok)
      return possible(defect, {
        ...remedy,
        missing: `a dial of ${failed.flow.host} from node ${node.name} itself, to compare: ${own.refusal.message}`,
      });
    if (!own.value.ok && own.value.text === "")
      return unknown(`node ${node.name} gets no answer from there either, so that nothing tells who loses the pod's`);
    const because = `node ${node.name} reaches ${failed.flow.host}, the pod does not; ${defect}`;
    if (!rules.ok || !filters.ok)
      return possible(because, {
        ...remedy,
        missing: `the rules of ${rules.ok ? "nftables" : "ip6tables"} on node ${node.name}, which may translate: ${rules.ok ? (filters.ok ? "" : filters.refusal.message) : rules.refusal.message}`,
      });
    const told = yield* ciliumTranslates(node);
    if (told && "status" in told) return told;
    if (told) return possible(because, { ...remedy, missing: told.missing });
    // What a filter drops, on the node or by a policy, never leaves; what left as it came is tracked so.
    const left = yield* leftAsItCame(subject, failed.flow);
    if (!left)
      return possible(because, {
        ...remedy,
        missing: `the connection among those that node ${node.name} tracks, sent on with the pod's own address`,
      });
    const answered = subject.symptoms.find(
      ({ flow, family, outcome }) =>
        flow?.scope === "outside" &&
        flow.from === pod &&
        family === "IPv6" &&
        (outcome === "ok" || outcome === "refused"),
    );
    if (answered)
      return possible(because, {
        ...remedy,
        missing: `why ${answered.to} answers the pod: a router may translate its address, and what is further out drop it`,
      });
    const outer = parseAddress(failed.flow.host ?? "");
    if (outer && isUniqueLocal(outer))
      return possible(because, {
        ...remedy,
        missing: `that the network of ${failed.flow.host} has no way back to the pods: it has unique local addresses itself, so that it may well route them, and filter them`,
      });
    return proven(`${because}; its connection left with ${pod.ips.IPv6}, and nobody answered`, {
      ...remedy,
      died: { how: "tuple", dial: failed, by: [left, control] },
      instead: [
        { lookalike: "node-without-default-route", by: [control] },
        { lookalike: "forward-policy-drops-ipv6", by: [left] },
        {
          lookalike: "the other packet filter",
          by: [question(ip6tables, atNode(node)), question(nftables, atNode(node))],
        },
      ],
    });
  },
};

/** The observation that the node sent the connection on untranslated, and tracks no answer. */
function* leftAsItCame({ scene, patience }: Case, flow: Flow): Asking<Question | undefined> {
  const crossing = crossingOf(scene, flow, patience);
  if (!crossing) return undefined;
  const { near } = yield* watchCrossing(crossing);
  const tracked = near.ok ? trackedOf(flow, near.value) : undefined;
  const untouched = tracked?.unreplied && tracked.reply.destination === flow.from.ips.IPv6;
  return untouched ? trackingSeen(crossing, { near }) : undefined;
}

/** Cilium's eBPF is in no packet filter; it masquerades unless it is told not to, and its agent says what came of that. */
function* ciliumTranslates(node: SceneNode): Asking<Judgement | { readonly missing: string } | undefined> {
  const set = yield* daemonSetNamed(/^cilium$/);
  if (!set) return undefined;
  const config = yield* tryAsk(configMap, {
    namespace: set.metadata.namespace ?? "kube-system",
    name: "cilium-config",
  });
  if (config.ok && config.value.data?.["enable-ipv6-masquerade"] === "false") return undefined;
  const heard = yield* agentSays(node, "cilium");
  if (!heard?.words.ok) return { missing: "what Cilium does: it translates where no packet filter shows it" };
  const { masqueradesIPv6 } = heard.words.value;
  if (masqueradesIPv6 === false && config.ok)
    return excluded(
      `${agentName(heard.agent)} was told to masquerade, and does not: that is cilium-without-masquerade`,
      [heard.by],
    );
  return {
    missing: `where ${agentName(heard.agent)} ${masqueradesIPv6 ? "masquerades, as it says: not every destination is" : "masquerades, which it does not say"}`,
  };
}

/** kube-proxy's own rule only touches what a Service marked before; a rule for pods names their range. */
function translates({ table, chain, target, text }: MovingRule): boolean {
  if (table !== "nat" || (target !== "MASQUERADE" && target !== "SNAT") || text.includes("--mark")) return false;
  return chain !== "KUBE-POSTROUTING" || text.includes(" -s ");
}

/** With a pool of Calico's it is the pool's to say. */
function mendOf(pool: string | undefined, cilium: string | undefined): { readonly mend?: WantedMend } {
  if (pool !== undefined) return { mend: { mend: "pool-masqueraded", name: pool } };
  return cilium === undefined ? {} : { mend: { mend: "cilium-masquerade", namespace: cilium, name: "cilium-config" } };
}

function holds(cidr: string, address: NonNullable<ReturnType<typeof parseAddress>>): boolean {
  const prefix = parsePrefix(cidr);
  return prefix !== undefined && contains(prefix, address);
}

/** The setting of each plugin. */
const settings = {
  calico: "Calico: natOutgoing: true on the IPv6 pool",
  flannel: "flannel: --ip-masq, in k3s --flannel-ipv6-masq",
  cilium: "Cilium: enable-ipv6-masquerade",
} as const;
