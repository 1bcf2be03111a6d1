import { parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An IPv6 range for Services is /64 or smaller",
  why: `The API server takes the object, and then the allocator refuses the range: it works on 64 bits at most. A /112 holds
65 536 Services.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/service/ipallocator/ipallocator.go",
  severity: "error",
  codes: ["SCIDR007"],
  kinds: ["ServiceCIDR"],
  groups: ["networking.k8s.io"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a::/48"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a::/112"]
`,
  },

  *check(resource) {
    for (const field of resource.get("spec", "cidrs")?.items() ?? []) {
      const prefix = parsePrefix(field.text ?? "");
      if (prefix?.address.family !== "IPv6" || prefix.length >= 64) continue;
      const network = field.text?.slice(0, field.text.indexOf("/"));
      yield {
        at: field,
        message: `shortest allowed prefix length for service CIDR is 64, got ${prefix.length}`,
        fix: { kind: "decision", title: `Write ${network}/112`, edits: [field.replace(`${network}/112`)] },
      };
    }
  },
};
