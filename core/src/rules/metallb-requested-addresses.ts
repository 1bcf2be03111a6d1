import { type Family, familyOf } from "../addresses/address.ts";
import { clusterOf, usualCluster } from "../facts/service-ranges.ts";
import { type ServiceFields, serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The addresses asked of MetalLB are not of the Service's families",
  why: `\`metallb.io/loadBalancerIPs\` takes one address for each family the Service has, separated by a comma: one for
single-stack, an IPv4 and an IPv6 one for dual-stack, PreferDualStack on a dual-stack cluster included. With anything else MetalLB
assigns none.`,
  source: "https://metallb.io/usage/#requesting-specific-ips",
  severity: "error",
  codes: ["MLB007"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/loadBalancerIPs/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    metallb.io/loadBalancerIPs: 192.168.50.5
spec:
  type: LoadBalancer
  ipFamilies: [IPv6]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    metallb.io/loadBalancerIPs: fd12:3456:789d::5
spec:
  type: LoadBalancer
  ipFamilies: [IPv6]
`,
  },

  *check(service, world) {
    const fields = serviceFields(service);
    if (fields.type !== "LoadBalancer") return;
    const known = serviceFamiliesOf(fields, clusterOf(world));
    const served = known ?? likely(service, fields);
    const single = fields.policy ? fields.policy.text === "SingleStack" : !service.partial;
    for (const key of ["metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"]) {
      const field = service.get("metadata", "annotations", key);
      const asked = (field?.text ?? "").split(",").map((text) => familyOf(text.trim()));
      if (!field || asked.includes(undefined)) continue;
      const twice = new Set(asked).size !== asked.length;
      const other = asked.find((family) => family && served && !served.includes(family));
      // Also with PreferDualStack: where the cluster gives a Service two cluster IPs, MetalLB wants two addresses.
      const fewer = served && served.length > asked.length && fields.policy?.text?.endsWith("DualStack");
      const more = single && asked.length > 1;
      if (!twice && !other && !fewer && !more) continue;
      const says = `requested loadBalancer IP(s) "${field.text}" does not match the ipFamily of the service`;
      const wants = twice ? "one address for each family" : more && !known ? "one address only" : wanted(served ?? []);
      // What only the usual cluster makes wrong may be right on another.
      yield { at: field, message: `${says}: write ${wants}`, severity: known || twice || more ? "error" : "warning" };
    }
  },
};

/** The families on the usual cluster, where nobody knows this one; undefined where a template may bring the policy. */
function likely(service: Resource, fields: ServiceFields): readonly Family[] | undefined {
  return service.partial && !fields.policy ? undefined : serviceFamiliesOf(fields, usualCluster);
}

function wanted(families: readonly Family[]): string {
  return `${families.join(" and ")} ${families.length > 1 ? "one each" : "only"}`;
}
