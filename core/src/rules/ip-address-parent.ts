import type { Rule } from "../lint/rule.ts";
import { absent } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "An IPAddress says whose it is, and keeps saying so",
  why: "`spec.parentRef` names the object the address was given to, usually a Service. It is required and cannot change.",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ip-address-v1/",
  severity: "error",
  codes: ["IPA002"],
  kinds: ["IPAddress"],
  groups: ["networking.k8s.io"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata:
  name: "fd12:3456:789a::10"
spec: {}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata:
  name: "fd12:3456:789a::10"
spec:
  parentRef: {resource: services, namespace: default, name: web}
`,
  },

  *check(resource, world) {
    const parent = resource.get("spec", "parentRef");
    if (resource.lacks("spec", "parentRef") || (parent?.type === "null" && !resource.partial)) {
      yield {
        at: absent(resource, "spec", "parentRef"),
        message: "Required value: say which Service has the address",
      };
      return;
    }
    const was = world.old(resource)?.get("spec", "parentRef");
    if (!parent || parent.type === "null" || !was || sorted(parent.toJSON()) === sorted(was.toJSON())) return;
    yield { at: parent.key, message: "field is immutable; delete the object and create it anew" };
  },
};

function sorted(value: unknown): string {
  return JSON.stringify(Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
