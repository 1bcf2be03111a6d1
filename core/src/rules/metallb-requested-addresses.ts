import { familyOf } from "../address.ts";
import type { Rule } from "../rule.ts";
import { familiesOf, serviceFields } from "../service.ts";

export const rule: Rule = {
  summary: "The addresses asked of MetalLB are not of the Service's families",
  why: `\`metallb.io/loadBalancerIPs\` takes one address for each family the Service has, separated by a comma: one for
single-stack, an IPv4 and an IPv6 one for dual-stack. With anything else MetalLB assigns none.`,
  source: "https://metallb.io/usage/#requesting-specific-ips",
  severity: "error",
  codes: ["MLB007"],
  kinds: ["Service"],
  groups: [""],
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
    const served = familiesOf(fields, world.cluster);
    for (const key of ["metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"]) {
      const field = service.get("metadata", "annotations", key);
      const asked = (field?.text ?? "").split(",").map((text) => familyOf(text.trim()));
      if (!field || asked.includes(undefined)) continue;
      const twice = new Set(asked).size !== asked.length;
      const other = asked.find((family) => family && served && !served.includes(family));
      const fewer = served && served.length > asked.length && fields.policy?.text === "RequireDualStack";
      if (!twice && !other && !fewer) continue;
      const wants =
        twice || !served
          ? "one address for each family"
          : `${served.join(" and ")} ${served.length > 1 ? "one each" : "only"}`;
      const says = `requested loadBalancer IP(s) "${field.text}" does not match the ipFamily of the service`;
      yield { at: field, message: `${says}: write ${wants}` };
    }
  },
};
