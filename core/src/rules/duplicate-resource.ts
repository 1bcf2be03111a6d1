import { definedBefore } from "../facts/identities.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A file defines one object twice",
  why: `kubectl applies the documents of a file in their order, so the later one replaces what the earlier one said, without a
word. What the earlier one was to do, a second family for a Service or an address pool, is lost.`,
  source: "https://kubernetes.io/docs/concepts/workloads/management/#organizing-resource-configurations",
  severity: "warning",
  codes: ["X008"],
  kinds: ["*"],
  mentions: [],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/48
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods-ipv6
spec:
  cidr: fd12:3456:789a::/48
`,
  },

  *check(resource, world) {
    // In a template, one of the two may be left out of what is rendered.
    if (resource.partial || !definedBefore(world, resource)) return;
    const at = resource.get("metadata", "name");
    yield {
      at,
      message: `${resource.kind} ${resource.name} is defined above already, and the later one wins; rename one`,
    };
  },
};
