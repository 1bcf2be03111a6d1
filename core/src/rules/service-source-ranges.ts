import { type Family, familyInGo } from "../addresses/address.ts";
import { clusterOf, usualClusterOf } from "../facts/service-ranges.ts";
import { serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule, World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "loadBalancerSourceRanges: a family without an entry lets everybody in",
  why: `kube-proxy splits the list by family, and an empty list means no restriction: with IPv4 ranges only, a dual-stack
LoadBalancer is open to all of IPv6. List ranges of both families; \`::/128\` shuts IPv6 out.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/serviceport.go",
  severity: "warning",
  codes: ["SVC023"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/source-?ranges/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  ipFamilyPolicy: RequireDualStack
  loadBalancerSourceRanges:
    - 10.0.0.0/8
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  ipFamilyPolicy: RequireDualStack
  loadBalancerSourceRanges:
    - 10.0.0.0/8
    - "::/128"
`,
  },

  *check(service, world) {
    // A chart has a type of its own beside them, and takes them for a load balancer only.
    if (!service.isPart && service.get("spec", "type")?.text !== "LoadBalancer") return;
    const list = service.get("spec", "loadBalancerSourceRanges");
    const items = list?.items() ?? [];
    const field = items.length > 0 ? list : service.get("metadata", "annotations", annotation);
    const ranges = items.length > 0 ? items.map(({ text }) => text) : (field?.text?.split(",") ?? [undefined]);
    const families = ranges.map((text) => familyInGo(text?.trim() ?? ""));
    if (!field || families.includes(undefined)) return;
    for (const family of wanted(service, world)) {
      if (families.includes(family)) continue;
      const nobody = family === "IPv6" ? "::/128" : "0.0.0.0/32";
      const edit = field.type === "seq" ? field.append(family === "IPv6" ? `"${nobody}"` : nobody) : undefined;
      yield {
        at: field.type === "seq" ? { ...field.key, path: field.path } : field,
        message: `no range is ${family}, so every ${family} client gets in; add ranges, or ${nobody} to shut it`,
        fix: { kind: "decision", title: `Let no ${family} client in (${nobody})`, edits: [edit] },
      };
    }
  },
};

const annotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** Nothing is taken for usual where a template may bring the policy. */
function wanted(service: Resource, world: World): readonly Family[] {
  const fields = serviceFields(service);
  const cluster = service.partial && !fields.policy ? clusterOf(world) : usualClusterOf(world);
  return serviceFamiliesOf(fields, cluster) ?? [];
}
