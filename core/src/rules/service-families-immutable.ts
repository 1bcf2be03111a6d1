import { clusterOf } from "../facts/service-ranges.ts";
import type { Rule } from "../rule.ts";
import { familiesOf, isHeadlessSelectorless, namedFamilies, primaryOf, serviceFields } from "../service.ts";

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
    // Nothing is allocated for these, so that they may change as they like.
    if (isHeadlessSelectorless(before) && isHeadlessSelectorless(after)) return;
    // A cluster nobody knows is taken for the usual one.
    const cluster = clusterOf(world) === "unknown" ? "dual-v4" : clusterOf(world);
    const was = namedFamilies(before)[0] ?? (before.headless ? undefined : primaryOf(cluster));
    const is = namedFamilies(after)[0];
    const [first, second] = after.families;
    if (was && is && was !== is) {
      const edits = [first?.replace(was), second?.replace(is)];
      yield {
        at: first && { path: "spec.ipFamilies", start: first.start, end: first.end },
        message: `may not change once set: the first family is ${was}; add ${is} behind it, or recreate the Service`,
        codes: ["SVC032"],
        fix: second && { title: `Write ${was} first`, edits },
      };
      return;
    }
    // An update that leaves the policy out keeps the one before.
    const { policy } = after.policy || service.partial ? after : before;
    const dual = policy?.text === "PreferDualStack" || policy?.text === "RequireDualStack";
    const kept = Math.max(after.families.length, after.clusterIPs.length);
    const at = after.policy ?? first ?? after.clusterIPs[0];
    if (familiesOf(before, cluster)?.length === 2 && dual && kept === 1 && !after.headless)
      yield {
        at: at && { path: "spec.ipFamilyPolicy", start: at.start, end: at.end },
        message: "must be 'SingleStack' to release the secondary IP family",
        codes: ["SVC033"],
        fix: { title: "Use SingleStack", edits: [after.policy?.replace("SingleStack")] },
      };
  },
};
