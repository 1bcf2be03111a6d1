import {
  isConsistent,
  isHeadlessSelectorless,
  lacksDualPolicy,
  namedFamilies,
  serves,
  serviceFields,
} from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Service asks for a family that the cluster does not serve",
  why: `\`PreferDualStack\` takes what the cluster has, but only while \`ipFamilies\` is left out: a family that is named has to be
there, whatever the policy. \`RequireDualStack\` is refused on every single-stack cluster. A manifest for all clusters says
\`ipFamilyPolicy: PreferDualStack\` and nothing more.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "error",
  codes: ["SVC013", "SVC014"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/RequireDualStack|ipFamilies|clusterIP/],
  example: {
    cluster: "v4",
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, IPv6]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4]
`,
  },

  *check(service, world) {
    const fields = serviceFields(service);
    if (fields.type === "ExternalName" || !isConsistent(fields) || isHeadlessSelectorless(fields)) return;
    if (lacksDualPolicy(service, world.old(service))) return;
    // What a file beside it says of the cluster may be what is wrong, and is said there: see service-range-missing.
    const { cluster } = world;
    if (cluster === "unknown") return;
    const { policy, families, clusterIPs } = fields;
    if (policy?.text === "RequireDualStack" && !cluster.startsWith("dual"))
      yield {
        at: policy,
        message: "this cluster is not configured for dual-stack services; use PreferDualStack",
        codes: ["SVC014"],
        fix: { kind: "decision", title: "Use PreferDualStack", edits: [policy.replace("PreferDualStack")] },
      };
    for (const [index, family] of namedFamilies(fields).entries()) {
      if (!family || serves(cluster, family)) continue;
      const named = families[index];
      const removable = named && families.length > clusterIPs.length ? named.remove() : undefined;
      yield {
        at: named ?? clusterIPs[index],
        message: `${family} is not configured on this cluster; leave it out`,
        codes: ["SVC013"],
        fix: families.length === 2 ? { kind: "decision", title: `Remove ${family}`, edits: [removable] } : undefined,
      };
    }
  },
};
