import { isConsistent, lacksDualPolicy, serviceFields } from "../kinds/service.ts";
import type { Fix, Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Two families or two cluster IPs need a dual-stack policy",
  why: `A Service is SingleStack unless it says otherwise, and SingleStack takes one family. Only a headless Service without
selector, which gets both families by default, may name two and leave the policy out.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "error",
  codes: ["SVC005", "SVC006"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/ipFamilies|clusterIPs/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv4, IPv6]
  selector: {app: web}
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: PreferDualStack
  selector: {app: web}
`,
  },

  *check(service, world) {
    const fields = serviceFields(service);
    const { families, clusterIPs, policy, type } = fields;
    if (type === "ExternalName" || !isConsistent(fields) || !lacksDualPolicy(service, world.old(service))) return;
    for (const [code, what, list] of [
      ["SVC006", "cluster IPs", clusterIPs],
      ["SVC005", "IP families", families],
    ] as const) {
      // A null that is written in the place of the policy is what lacks it.
      const at = policy ?? service.get("spec", "ipFamilyPolicy")?.key ?? list[1];
      if (!at || list.length !== 2) continue;
      yield {
        at: under(service.spell(["spec", "ipFamilyPolicy"]), at),
        message: `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
        codes: [code],
        fix: prefer(service),
      };
    }
  },
};

function prefer(service: Resource): Fix {
  const policy = service.get("spec", "ipFamilyPolicy");
  const beside = service.get("spec", "ipFamilies") ?? service.get("spec", "clusterIPs");
  return {
    kind: "spelling",
    title: "Set ipFamilyPolicy: PreferDualStack",
    edits: [policy ? policy.replace("PreferDualStack") : beside?.insertAfter("ipFamilyPolicy: PreferDualStack")],
  };
}
