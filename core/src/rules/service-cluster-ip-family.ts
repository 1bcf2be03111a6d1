import { type Family, familyInGo } from "../addresses/address.ts";
import { asFamily, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A cluster IP of another family than ipFamilies says at its place",
  why: "`clusterIPs` and `ipFamilies` run in step: the first address is of the first family, the second of the second.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "error",
  codes: ["SVC011"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/ipFamilies/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "fd00:10:96::10"
  ipFamilies: [IPv4]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "fd00:10:96::10"
  ipFamilies: [IPv6]
`,
  },

  *check(service) {
    const { families, clusterIPs, type, headless, agrees } = serviceFields(service);
    // The API server looks at this only where the list as such is right, see service-cluster-ips.
    if (type === "ExternalName" || headless || !agrees || clusterIPs.length > 2) return;
    const own = clusterIPs.map(({ text }) => familyInGo(text ?? ""));
    if (own.includes(undefined) || new Set(own).size !== own.length) return;
    for (const [index, ip] of clusterIPs.entries()) {
      const [is, wanted] = [familyInGo(ip.text ?? ""), asFamily(families[index]?.text)];
      if (!is || !wanted || is === wanted) continue;
      yield {
        at: ip,
        message: `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``,
        fix: { kind: "decision", title: "Name the families in the order of the addresses", edits: reorder(index) },
      };
    }

    /** Swapping two names, or changing the one there is, settles all of it at once. */
    function reorder(index: number) {
      const wanted = clusterIPs.map(({ text }) => familyInGo(text ?? ""));
      if (index > 0 || wanted.includes(undefined) || new Set(wanted).size !== wanted.length) return [undefined];
      if (families.length > wanted.length) return [undefined];
      return families.map((family, at) => family.replace(wanted[at] as Family));
    }
  },
};
