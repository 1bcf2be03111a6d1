import { type Family, familyOf } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atPod, podName } from "../judging/failures.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "The pod's DNS servers are all of a family the pod does not have",
  why: "The kubelet writes clusterDNS into every pod's resolv.conf. A pod with IPv6 alone cannot reach a kube-dns Service that is IPv4-only, so no name resolves at all.",
  source: "https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/",
  looksLike: ["service-single-stack"], // the Service concerned is kube-dns, and every name fails
  code: "D06",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    if (!pod) return excluded("no pod was looked into");
    const { nameservers } = yield* ask(resolver, atPod(pod));
    const families = Object.keys(pod.ips) as Family[];
    const served = [...new Set(nameservers.flatMap((server) => familyOf(server.replace(/%.*$/, "")) ?? []))];
    if (served.length === 0 || families.length === 0 || served.some((family) => families.includes(family)))
      return excluded(`${podName(pod)} has a DNS server of a family it has (${nameservers.join(", ")})`);
    return proven(`${podName(pod)} has ${families.join(" and ")} only, and nameserver ${nameservers.join(", ")}`, {
      family: served[0] === "IPv4" ? "IPv6" : "IPv4",
      fix: "Make the kube-dns Service dual-stack (ipFamilyPolicy: PreferDualStack) and set the kubelet's clusterDNS to its address in the pods' family, then recreate the pods.",
      confirm: "The new pod's /etc/resolv.conf names a server of its own family.",
      explains: subject.failures.filter(({ kind }) => kind === "name").map(({ id }) => id),
    });
  },
};
