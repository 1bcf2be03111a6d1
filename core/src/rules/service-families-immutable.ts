import { usualClusterOf } from "../facts/service-ranges.ts";
import { namedFamilies, primaryOf, type ServiceFields, serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A Service's first family stays as it is for life",
  why: `An update may add the second family or, with SingleStack, drop it. To change the first one, delete the Service and
create it anew.`,
  source:
    "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#switching-services-between-single-stack-and-dual-stack",
  severity: "error",
  codes: ["SVC032", "SVC033"],
  kinds: ["Service"],
  mentions: [/ipFamil/, /clusterIP/],
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
    const cluster = usualClusterOf(world);
    const was = namedFamilies(before)[0] ?? primaryOf(cluster);
    const is = namedFamilies(after)[0];
    const [first, second] = after.families;
    // Nothing is allocated for a headless Service, so that it may change them.
    if (!after.headless && was && is && was !== is) {
      const edits = [first?.replace(was), second?.replace(is)];
      yield {
        at: first && under(service.spell(["spec", "ipFamilies"]), first),
        message: `may not change once set: the first family is ${was}; add ${is} behind it, or recreate the Service`,
        codes: ["SVC032"],
        fix: second && { kind: "decision", title: `Write ${was} first`, edits },
      };
      return;
    }
    const kept = Math.max(after.families.length, after.headless ? 0 : after.clusterIPs.length);
    const at = after.policy ?? first ?? after.clusterIPs[0];
    if (serviceFamiliesOf(before, cluster)?.length === 2 && staysDual(before, after, service) && kept === 1)
      yield {
        at: at && under(service.spell(["spec", "ipFamilyPolicy"]), at),
        message: "must be 'SingleStack' to release the secondary IP family",
        codes: ["SVC033"],
        fix: { kind: "decision", title: "Use SingleStack", edits: [after.policy?.replace("SingleStack")] },
      };
  },
};

/** An update that leaves the policy out keeps the one before, which a headless Service without selector has by default. */
function staysDual(before: ServiceFields, after: ServiceFields, { partial }: Resource): boolean {
  const { policy } = after.policy || partial ? after : before;
  if (!policy) return !partial && before.headless && before.selector === false;
  return policy.text === "PreferDualStack" || policy.text === "RequireDualStack";
}
