import type { Answer } from "../cluster/cluster.ts";
import { agentSaid } from "../judging/agent-log.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { daemonSetNamed } from "../judging/cni-agents.ts";
import { dialsOverIPv6, notOverIPv4, twinOf } from "../judging/compared.ts";
import { leftUntranslated } from "../judging/crossing.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { kubeProxyMode } from "../judging/kube-proxy-mode.ts";
import { ip6tablesMissing, rulesRefused } from "../judging/kube-proxy-words.ts";
import type { SceneNode, SceneService } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as ip6tables, type MovingRules } from "../probes/ip6tables.ts";
import { probe as nftables } from "../probes/nftables.ts";
import { type Asking, ask, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "kube-proxy programs no IPv6 rules on the node",
  why: "kube-proxy falls back to one family when it finds no ip6tables, or when its configuration names one. The IPv6 address of a Service then leaves the node untranslated, towards a router that knows nothing of it.",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  looksLike: ["no-ready-ipv6-endpoints"], // there kube-proxy has rules, and rejects
  code: "P01",

  *judge(subject) {
    const all = failedDials(subject, "timeout", "network-unreachable", "host-unreachable").filter(
      ({ flow }) => flow?.scope === "service",
    );
    const lost = all.filter(({ flow }) => flow?.service && leftTo(flow.service) === undefined);
    const [node] = subject.scene.nodes;
    const failed = lost[0] ?? all[0];
    if (!failed?.flow?.service || !node)
      return excluded("no IPv6 dial to a Service was lost on the way", dialsOverIPv6(subject, "service"));
    const direct = subject.symptoms.filter(({ flow: other, family }) => family === "IPv6" && other?.toPod);
    const [reached] = direct.filter(({ outcome }) => outcome === "ok");
    const { namespace, name: service } = failed.flow.service;
    const elsewhere = leftTo(failed.flow.service);
    if (elsewhere !== undefined)
      return excluded(`Service ${namespace}/${service} is left to another proxy (${otherProxy}: ${elsewhere})`, [
        failed.flow.service,
      ]);
    const slices = yield* ask(endpointSlices, { namespace, service });
    if (!slices.some(({ addressType, endpoints }) => addressType === "IPv6" && (endpoints ?? []).length > 0))
      return excluded(`Service ${namespace}/${service} has no IPv6 endpoints to translate to`, [
        question(endpointSlices, { namespace, service }),
      ]);
    const { host = "" } = failed.flow;
    const rules = yield* tryAsk(ip6tables, atNode(node));
    const table = question(ip6tables, atNode(node));
    const remedy = {
      fix: fixOn(subject, node.name),
      confirm: `ip6tables-save -t nat on node ${node.name} names ${host}.`,
      explains: lost.map(({ id }) => id),
    };
    if (rules.ok && rules.value.rules.some(({ text }) => text.includes(`${host}/128`)))
      return excluded(`ip6tables of node ${node.name} names ${host}`, [table]);
    const proof = yield* untranslated(subject, failed, question(endpointSlices, { namespace, service }));
    const said = proof ? yield* agentSaid(node.name, /^kube-proxy/, "kube-proxy") : undefined;
    const words = said?.found.findLast((line) => ip6tablesMissing.test(line) || rulesRefused.test(line));
    if (said && words !== undefined)
      return excluded(
        `${said.pod} says why: ${words}: that is ${ip6tablesMissing.test(words) ? "ip6tables-missing" : "ip6tables-restore-fails"}`,
        [said.by],
      );
    const spared = proof && (yield* othersServed(node, rules));
    if (proof && spared)
      return possible(`${proof.because}, although ${spared}`, {
        ...remedy,
        fix: `Look at the log of kube-proxy on node ${node.name} for why it has not synchronised since the Service was made, and restart that pod: it then writes all of its rules anew.`,
        missing: "why this Service alone is left out",
      });
    if (proof) {
      const { because, explains: alike, ...rest } = proof;
      const both = alike.length > 0 ? { family: "both" as const, explains: [...remedy.explains, ...alike] } : {};
      const too = alike.length > 0 ? ", over IPv4 as well" : "";
      return proven(`${because}${too}, although Service ${namespace}/${service} has IPv6 endpoints`, {
        ...remedy,
        ...rest,
        ...both,
      });
    }
    if (direct.length > 0 && direct.every(({ failed: dead }) => dead))
      return unknown(
        "the pods behind it cannot be reached directly either, so that nothing tells what the Service fails of",
      );
    const set = yield* daemonSetNamed(/^kube-proxy/);
    const mode = yield* kubeProxyMode(set);
    if (mode.mode === "nftables" || mode.mode === "ipvs")
      return unknown(`kube-proxy is in ${mode.mode} mode, whose rules ip6tables does not show`);
    if (!rules.ok)
      return possible(`the rules of node ${node.name} could not be read: ${rules.refusal.message}`, remedy);
    const because = `ip6tables of node ${node.name} has no rule for ${host}, the address of Service ${namespace}/${service}`;
    const filters = yield* tryAsk(nftables, atNode(node));
    const served = yield* othersServed(node, rules);
    if (served) return unknown(`${because}; ${served}, so kube-proxy works there`);
    const other = notOverIPv4(subject, failed);
    const missing = [
      ...(set ? [] : ["that a kube-proxy is there: the CNI may serve Services by other means"]),
      ...(mode.mode === undefined ? [`kube-proxy's mode: ${mode.because}`] : []),
      ...(reached ? [] : ["a pod behind the Service that is reached directly"]),
      ...(other ? [] : ["the same Service reached over IPv4"]),
    ];
    if (!set || mode.mode === undefined || !reached || !other)
      return possible(because, { ...remedy, missing: missing.join("; ") });
    return proven(`${because}, while ${reached.to} behind it is reached directly`, {
      ...remedy,
      died: { how: "control", dial: failed, by: [reached, table] },
      instead: [
        {
          lookalike: "the other packet filter",
          by: [mode.by, ...(filters.ok ? [question(nftables, atNode(node))] : [])],
        },
        {
          lookalike: "no-ready-ipv6-endpoints",
          by: [question(endpointSlices, { namespace, service }), question(daemonSets, {})],
        },
        other,
      ],
    });
  },
};

/** The label by which a Service asks to be left alone by kube-proxy. */
const otherProxy = "service.kubernetes.io/service-proxy-name";

function leftTo({ object }: SceneService): string | undefined {
  return object.metadata.labels?.[otherProxy];
}

/** That kube-proxy does write IPv6 rules there, by those it has for other Services. */
function* othersServed(node: SceneNode, rules: Answer<MovingRules>): Asking<string | undefined> {
  const rule = rules.ok
    ? rules.value.rules.find(({ chain, text }) => chain === "KUBE-SERVICES" && / -d \S+\/128 /.test(text))
    : undefined;
  if (rule) return `ip6tables of node ${node.name} has rules for other Services: ${rule.text}`;
  const filters = yield* tryAsk(nftables, atNode(node));
  const table = filters.ok ? filters.value.tables.find((one) => /^ip6 kube-proxy/.test(one)) : undefined;
  return table && `node ${node.name} has nftables' table ${table}`;
}

/** Where the node's own pods are known and kube-proxy is not among them, its log is no place to look. */
function fixOn({ scene }: Case, node: string): string {
  const there = scene.containers({ kind: "node", node });
  if (there.length > 0 && !there.some(({ pod }) => /kube-proxy/.test(pod)))
    return `No kube-proxy pod runs on node ${node}: look at its DaemonSet and at the node's taints, or, where something else serves Services (the CNI, k3s itself), at the log of that, for IPv6.`;
  return `Look at the log of kube-proxy on node ${node} for "single-stack" or a failing ip6tables; give it both families in clusterCIDR, and the node ip6tables' nat table.`;
}

/** The connection itself, as the node tracks it, says more than rules: it left as it came. */
function* untranslated(subject: Case, dial: Symptom, endpoints: Question) {
  const seen = yield* leftUntranslated(subject, dial);
  const host = dial.flow?.host ?? "";
  if (!seen) return undefined;
  const other = notOverIPv4(subject, dial);
  const twin = twinOf(subject, dial);
  const alike = twin?.failed && (yield* leftUntranslated(subject, twin)) ? [twin.id] : [];
  return {
    explains: alike,
    because: `node ${subject.scene.nodes[0]?.name} passed the connection to ${host} on untranslated`,
    died: { how: "tuple" as const, dial, by: [seen] as const },
    instead: [
      { lookalike: "the other packet filter", by: [seen] as const },
      { lookalike: "no-ready-ipv6-endpoints", by: [endpoints] as const },
      ...(other ? [other] : []),
    ] as const,
  };
}
