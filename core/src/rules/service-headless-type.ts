import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A LoadBalancer or NodePort cannot be headless",
  why: "Both types build on the cluster IP, in every family they serve; `None` says there is none.",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services",
  severity: "error",
  codes: ["SVC035"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/None/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  clusterIP: None
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
    const type = service.get("spec", "type")?.text;
    const single = service.get("spec", "clusterIP");
    const none = single?.text === "None" ? single : service.get("spec", "clusterIPs", 0);
    if (none?.text !== "None" || (type !== "LoadBalancer" && type !== "NodePort")) return;
    yield {
      at: none,
      message: `may not be set to 'None' for ${type} services; remove it`,
      fix: {
        kind: "decision",
        title: "Remove clusterIP: None",
        edits: [service.get("spec", "clusterIPs") ? undefined : none.remove()],
      },
    };
  },
};
