import { clusterOf } from "../facts/service-ranges.ts";
import type { Rule } from "../rule.ts";
import { familiesOf, namedFamilies, primaryOf, serviceFields } from "../service.ts";

export const rule: Rule = {
  summary: "A Service's first family stays as it is for life",
  why: `An update may add the second family or, with SingleStack, drop it. To change the first one, delete the Service and
create it anew.`,
  source:
    "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#switching-services-between-single-stack-and-dual-stack",
  severity: "error",
  codes: ["SVC032", "SVC033"],
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
    // Another cluster IP is refused before families are looked at, see service-cluster-ip-immutable.
    const [had, has] = [before.clusterIPs[0]?.text, after.clusterIPs[0]?.text];
    if (after.headless !== before.headless || (had && has && had !== has)) return;
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
    const wasDual = familiesOf(before, clusterOf(world))?.length === 2;
    const dual = after.policy?.text === "PreferDualStack" || after.policy?.text === "RequireDualStack";
    const kept = Math.max(after.families.length, after.clusterIPs.length);
    if (wasDual && dual && kept === 1 && !after.headless)
      yield {
        at: after.policy,
        message: "must be 'SingleStack' to release the secondary IP family",
        codes: ["SVC033"],
        fix: { title: "Use SingleStack", edits: [after.policy?.replace("SingleStack")] },
      };
  },
};
