import { type Family, familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { vantageOf } from "../judging/dial-args.ts";
import { atPod, podName } from "../judging/failures.ts";
import { type ResolverSource, resolverSource } from "../judging/resolver-file.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { probe as dial } from "../probes/dial.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "The pod's DNS servers are all of a family the pod does not have",
  why: "The kubelet writes clusterDNS into every pod's resolv.conf. A pod with IPv6 alone cannot reach a kube-dns Service that is IPv4-only, so no name resolves at all.",
  source: "https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/",
  looksLike: ["service-single-stack"], // the Service concerned is kube-dns, and every name fails
  code: "D06",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    if (!pod) return unknown("no pod was looked into");
    const { nameservers } = yield* ask(resolver, atPod(pod));
    const file = question(resolver, atPod(pod));
    const families = Object.keys(pod.ips) as Family[];
    const served = [...new Set(nameservers.flatMap((server) => familyOf(server.replace(/%.*/, "")) ?? []))];
    const [server] = nameservers;
    const [family] = served;
    if (!server || !family || families.length === 0)
      return unknown(`${podName(pod)} has no DNS server or no address to compare it with`);
    if (served.some((one) => families.includes(one)))
      return excluded(`${podName(pod)} has a DNS server of a family it has (${nameservers.join(", ")})`, [file, pod]);
    const because = `${podName(pod)} has ${families.join(" and ")} only, and nameserver ${nameservers.join(", ")}`;
    const remedy = {
      family: family === "IPv4" ? ("IPv6" as const) : ("IPv4" as const),
      fix: fixes[resolverSource(pod)],
      confirm: "The new pod's /etc/resolv.conf names a server of its own family.",
      explains: subject.failures
        .filter(({ name, outcome }) => name?.from === pod && outcome === "timeout")
        .map(({ id }) => id),
    };
    // A pod may have more interfaces than its podIPs tell, so it is tried.
    const args = { at: vantageOf(pod), family, host: server, port: 53, seconds: subject.patience };
    const tried = yield* tryAsk(dial, args);
    if (!tried.ok) return possible(because, { ...remedy, missing: `a dial of ${server} from ${podName(pod)}` });
    const { outcome } = outcomeOf(tried.value);
    if (outcome === "ok" || outcome === "refused")
      return excluded(`${podName(pod)} reaches ${server} all the same`, [question(dial, args)], remedy.family);
    const own = outcome === "network-unreachable" || outcome === "no-local-address" || outcome === "no-family";
    if (!own || tried.value.ms > 500)
      return possible(because, {
        ...remedy,
        missing: `that the pod's own kernel refuses to dial ${server}; it says: ${tried.value.text || "nothing"}`,
      });
    return proven(`${because}; a dial of ${server} ends at once: ${tried.value.text}`, {
      ...remedy,
      died: { how: "at once", dial: question(dial, args), by: [question(dial, args)] },
      instead: [{ lookalike: "service-single-stack", by: [file, pod] }],
    });
  },
};

/** Nobody is told to change the cluster for what one pod, or its node, was given. */
const fixes: Readonly<Record<ResolverSource, string>> = {
  kubelet:
    "Make the kube-dns Service dual-stack (ipFamilyPolicy: PreferDualStack) and set the kubelet's clusterDNS to its address in the pods' family, then recreate the pods.",
  node: "Give the node a resolver of the pod's family (its /etc/resolv.conf, or the kubelet's resolvConf), or the pod dnsPolicy: ClusterFirst, then recreate it.",
  pod: "Name a server of the pod's family in its spec.dnsConfig.nameservers, which its author chose, then recreate it.",
};
