import { familyOf } from "../addresses/address.ts";
import { fileOf } from "../facts/identities.ts";
import { ranges } from "../facts/ranges.ts";
import { sameCluster } from "../facts/same-cluster.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { serves, serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A Service wants a family that the pods do not have",
  why: `The Service gets a cluster IP of that family, but no range of addresses for pods holds any, so it has no endpoints of
that family and its cluster IP refuses connections.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "warning",
  codes: ["X003"],
  kinds: ["Service"],
  mentions: [/ipFamil|clusterIP/],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12,fd12:3456:789b::/108
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ipFamilies: [IPv6]
  ports: [{port: 80}]
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/12,fd12:3456:789b::/108
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ipFamilies: [IPv6]
  ports: [{port: 80}]
`,
  },

  *check(service, world) {
    const fields = serviceFields(service);
    const wanted = serviceFamiliesOf(fields, "unknown");
    if (!wanted || fields.selector !== true || fields.type === "ExternalName") return;
    const near = sameCluster(world.all(ranges), fileOf(world, service));
    const all = near.flatMap(({ kind, value }) =>
      value.filter(({ role }) => role === "pod").map((range) => ({ kind, ...range })),
    );
    const pods = all.filter(({ initial }) => !initial);
    const served = new Set(all.map(({ text }) => familyOf(text)));
    // Calico makes a pool for IPv4 by itself; one for IPv6 is added to it.
    if (pods.every(({ kind }) => kind === "IPPool")) served.add("IPv4");
    // What the cluster does not serve at all is refused, and said by service-family-not-served.
    const missing = wanted.find((family) => !served.has(family) && serves(clusterOf(world), family));
    const at = fields.families.find(({ text }) => text === missing) ?? fields.policy ?? fields.clusterIPs[0];
    if (!missing || !at || pods.length === 0) return;
    yield {
      at: under(service.spell(["spec", "ipFamilies"]), at),
      message: `no range for pods is ${missing} (${pods[0]?.text}): this Service gets no ${missing} endpoints`,
    };
  },
};
