import { isLinkLocal, parseAddress, sameAddress } from "../addresses/address.ts";
import { serviceFields } from "../kinds/service.ts";
import { fact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";

/** The cluster IPs of the DNS Service, where its manifest fixes them. */
const dnsService = fact<readonly string[]>(["Service"], (service) => {
  if (service.name !== "kube-dns" || service.namespace !== "kube-system") return undefined;
  const ips = serviceFields(service).clusterIPs.map(({ text }) => text ?? "");
  return ips.length > 0 && ips.every((text) => parseAddress(text)) ? ips : undefined;
});

export const rule: Rule = {
  summary: "The kubelet's clusterDNS is no address of the DNS Service",
  why: `clusterDNS is what the kubelet writes into /etc/resolv.conf of every pod. It has to be a cluster IP of the Service
kube-dns, or of a DNS cache on the node, which has a link-local address.`,
  source: "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",
  severity: "warning",
  codes: ["X007"],
  kinds: ["KubeletConfiguration"],
  example: {
    bad: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
clusterDNS: ["fd12:3456:789b::b"]
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  clusterIP: "fd12:3456:789b::a"
`,
    good: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
clusterDNS: ["fd12:3456:789b::a"]
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  clusterIP: "fd12:3456:789b::a"
`,
  },

  *check(config, world) {
    const [service, ...more] = world.all(dnsService);
    if (!service || more.length > 0) return;
    for (const entry of config.get("clusterDNS")?.items() ?? []) {
      const address = parseAddress(entry.text ?? "");
      if (!address || isLinkLocal(address)) continue;
      const ips = service.value.flatMap((text) => parseAddress(text) ?? []);
      if (ips.some((ip) => sameAddress(ip, address))) continue;
      const same = service.value.find((text) => parseAddress(text)?.family === address.family);
      yield {
        at: entry,
        message: `${entry.text} is no address of Service kube-dns, which has ${service.value.join(" and ")}`,
        fix: same ? { kind: "decision", title: `Write ${same}`, edits: [entry.replace(same)] } : undefined,
      };
    }
  },
};
