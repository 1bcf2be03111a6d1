import { serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Service's cluster IP stays as it is for life",
  why: `An update can neither change the address nor turn a Service headless, or back. Leave the field as it was, or delete
the Service and create it anew.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go",
  severity: "error",
  codes: ["SVC034"],
  kinds: ["Service"],
  mentions: [/clusterIP/],
  groups: [""],
  example: {
    old: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: fd00:10:96::10
  ipFamilies: [IPv6]
`,
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: fd00:10:96::11
  ipFamilies: [IPv6]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: fd00:10:96::10
  ipFamilies: [IPv6]
`,
  },

  *check(service, world) {
    const old = world.old(service);
    if (!old) return;
    const [before, after] = [serviceFields(old), serviceFields(service)];
    if (before.type === "ExternalName" || after.type === "ExternalName") return;
    const [was, is] = [before.clusterIPs[0]?.text, after.clusterIPs[0]];
    if (is?.text === undefined) return;
    if (is.text === was) {
      const [first, second] = [before.clusterIPs[1]?.text, after.clusterIPs[1]];
      if (first && second?.text && first !== second.text) yield { at: second, message };
      return;
    }
    // Where the manifest left it out, an address was allocated, which the new one may well be.
    if (was === undefined && (is.text !== "None" || old.partial)) return;
    yield {
      at: service.get("spec", "clusterIP") ?? is,
      message,
    };
  },
};

const message = "may not change once set; delete the Service and create it anew";
