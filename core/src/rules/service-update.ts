import { clusterOf } from "../facts/service-ranges.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Report, Rule } from "../rule.ts";
import { familiesOf, namedFamilies, primaryOf, serviceFields } from "../service.ts";

export const rule: Rule = {
  summary: "A Service's primary family and cluster IP stay as they are for life",
  why: `An update may add the second family or, with SingleStack, drop it. It can change neither the first family nor the
cluster IP, nor turn a Service headless: delete it and create it anew.`,
  source:
    "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#switching-services-between-single-stack-and-dual-stack",
  severity: "error",
  codes: ["SVC032", "SVC033", "SVC034"],
  kinds: ["Service"],
  groups: [""],
  example: {
    old: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv4]
`,
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv6, IPv4]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, IPv6]
`,
  },

  *check(service, world) {
    const old = world.old(service);
    if (!old) return;
    const [before, after] = [serviceFields(old), serviceFields(service)];
    if (before.type === "ExternalName" || after.type === "ExternalName") return;
    const moved = clusterIPChanged(old, service);
    if (moved) {
      yield moved;
      return;
    }
    const was = namedFamilies(before)[0] ?? (before.headless ? undefined : primaryOf(clusterOf(world)));
    const is = namedFamilies(after)[0];
    const list = service.get("spec", "ipFamilies");
    if (was && is && was !== is) {
      yield {
        at: list && { path: list.path, start: after.families[0]?.start ?? 0, end: after.families[0]?.end ?? 0 },
        message: `may not change once set: the first family is ${was}; add ${is} behind it, or recreate the Service`,
        codes: ["SVC032"],
        fix:
          after.families.length === 2
            ? { title: `Write ${was} first`, edits: [after.families[0]?.replace(was), after.families[1]?.replace(is)] }
            : undefined,
      };
      return;
    }
    const had = familiesOf(before, clusterOf(world))?.length === 2;
    const dual = after.policy?.text === "PreferDualStack" || after.policy?.text === "RequireDualStack";
    const kept = Math.max(after.families.length, after.clusterIPs.length);
    if (had && dual && kept === 1 && !after.headless)
      yield {
        at: after.policy,
        message: "must be 'SingleStack' to release the secondary IP family",
        codes: ["SVC033"],
        fix: { title: "Use SingleStack", edits: [after.policy?.replace("SingleStack")] },
      };
  },
};

function clusterIPChanged(old: Resource, service: Resource): Report | undefined {
  const [before, after] = [serviceFields(old), serviceFields(service)];
  const [was, is] = [before.clusterIPs[0]?.text, after.clusterIPs[0]];
  if (is?.text === undefined || is.text === was) return undefined;
  // Where the manifest left it out, an address was allocated, which the new one may well be.
  if (was === undefined && (is.text !== "None" || old.partial)) return undefined;
  const at = service.get("spec", "clusterIP") ?? is;
  return { at, message: "may not change once set; delete the Service and create it anew", codes: ["SVC034"] };
}
