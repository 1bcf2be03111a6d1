import { familyOf } from "../addresses/address.ts";
import { clusterOf, servicesLack } from "../facts/service-ranges.ts";
import { serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An address asked of a load balancer is of a family that the Service does not have",
  why: `kube-vip, Cilium's LB IPAM and PureLB take addresses of both families from an annotation. Behind a Service of one family nothing
forwards what comes for an address of the other: there is no ClusterIP and no EndpointSlice of it. IPv4 goes on to work, so that nobody
sees it. A Service that is to have both says \`ipFamilyPolicy: PreferDualStack\`.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "warning",
  kinds: ["Service"],
  groups: [""],
  mentions: [/kube-vip\.io\/loadbalancerIPs|lbipam\.cilium\.io\/ips|lb-ipam-ips|purelb\.io\/addresses/],
  example: {
    bad: service(""),
    good: service("\n  ipFamilyPolicy: PreferDualStack"),
  },

  *check(service, world) {
    const fields = serviceFields(service);
    if (fields.type !== "LoadBalancer") return;
    const served = serviceFamiliesOf(fields, clusterOf(world));
    const single = fields.policy ? fields.policy.text === "SingleStack" : !service.partial;
    for (const key of annotations) {
      const field = service.get("metadata", "annotations", key);
      const asked = (field?.text ?? "")
        .split(",")
        .map((text) => ({ text: text.trim(), family: familyOf(text.trim()) }));
      const other = asked.find(({ family }) => family && served && !served.includes(family));
      const mixed = new Set(asked.flatMap(({ family }) => family ?? [])).size > 1;
      if (!field || !(other || (mixed && single))) continue;
      const message = other
        ? `the Service is ${served?.join(" and ")} only, so that nothing forwards ${other.text}`
        : "the Service has one family, so that nothing forwards the address of the other";
      const both = !(other?.family && servicesLack(world, other.family));
      yield { at: field, message: `${message}: ${both ? "write PreferDualStack" : "ask for one of its family"}` };
    }
  },
};

const annotations = [
  "kube-vip.io/loadbalancerIPs",
  "lbipam.cilium.io/ips",
  "io.cilium/lb-ipam-ips",
  "purelb.io/addresses",
];

function service(more: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kube-vip.io/loadbalancerIPs: 10.20.4.5,fd12:3456:789d::5
spec:
  type: LoadBalancer${more}
  selector: {app: web}
  ports: [{port: 80}]
`;
}
