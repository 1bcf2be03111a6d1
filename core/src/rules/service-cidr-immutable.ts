import type { Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The ranges of a ServiceCIDR cannot change",
  why: `Addresses were handed out from them. Since 1.34 a range of the second family may be added behind the first; for
anything else create another ServiceCIDR.`,
  source: "https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/",
  severity: "error",
  codes: ["SCIDR006"],
  kinds: ["ServiceCIDR"],
  groups: ["networking.k8s.io"],
  example: {
    old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: [10.97.0.0/16]
`,
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a:1::/112"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: [10.97.0.0/16, "fd12:3456:789a:1::/112"]
`,
  },

  *check(resource, world) {
    const old = world.old(resource);
    const list = resource.get("spec", "cidrs");
    if (!old || !list) return;
    const [was, is] = [cidrs(old), cidrs(resource)];
    if (was.join() === is.join() || was.includes(undefined) || is.includes(undefined) || was.length === 0) return;
    const kept = is[0] === was[0];
    // One family may be followed by the other; two of one family are service-cidr-ranges' to report.
    const appended = was.length === 1 && is.length === 2;
    if (appended && kept && world.atLeast(34)) return;
    // Where the length stays or the second is added, the API server names each entry that changed.
    const items = list.items();
    const changed =
      items.length === was.length || appended ? items.filter((_, i) => i < was.length && is[i] !== was[i]) : [];
    const message = `field is immutable: it is ${was.join(", ")}; create another ServiceCIDR`;
    for (const at of world.atLeast(34) && changed.length > 0 ? changed : [list.key]) yield { at, message };
  },
};

function cidrs(resource: Resource): readonly (string | undefined)[] {
  const items = resource.get("spec", "cidrs")?.items() ?? [];
  return items.map(({ text }) => text);
}
