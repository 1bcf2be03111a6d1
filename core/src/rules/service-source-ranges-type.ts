import { serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "loadBalancerSourceRanges belongs to a LoadBalancer",
  why: `On any other type the API server refuses the field, and its old annotation as well. Who may reach a cluster IP is
the business of NetworkPolicies, per family.`,
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
  severity: "error",
  codes: ["SVC022"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/source-?ranges/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  loadBalancerSourceRanges: [10.0.0.0/8]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
`,
  },

  *check(service) {
    const { type } = serviceFields(service);
    if (type === undefined || type === "LoadBalancer") return;
    const list = service.get("spec", "loadBalancerSourceRanges");
    const inSpec = (list?.items().length ?? 0) > 0;
    // The annotation counts only where the field is empty.
    const field = inSpec ? list : service.get("metadata", "annotations", annotation);
    if (!field) return;
    yield {
      at: inSpec ? field.key : field,
      message: "may only be used when `type` is 'LoadBalancer'; remove it, or change the type",
      fix: { kind: "decision", title: "Remove it", edits: [field.remove()] },
    };
  },
};

const annotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
