import { apiServerRange } from "../facts/service-ranges.ts";
import { programFlags } from "../kinds/flags.ts";
import type { Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, subnetList } from "../literals/subnet-list.ts";
import { podKinds } from "../manifest/resource.ts";

/** The service ranges of an API server that runs as a pod, as written. */

export const rule: Rule = {
  summary: "The controller manager and the API server do not have the same service ranges",
  why: `The controller manager keeps node prefixes out of the service ranges, and manages the Service addresses of both
families. It has to be given the ranges of the API server, in the same order; two of one family stop it.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-controller-manager/app/core.go",
  severity: "error",
  codes: ["KCM007", "KCM008"],
  kinds: podKinds,
  mentions: [/service-cluster-ip-range/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  containers:
    - name: kube-controller-manager
      command:
        - kube-controller-manager
        - --service-cluster-ip-range=10.96.0.0/16,10.97.0.0/16
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  containers:
    - name: kube-controller-manager
      command:
        - kube-controller-manager
        - --service-cluster-ip-range=10.96.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(resource, world) {
    const at = programFlags(resource, "kube-controller-manager")?.get("service-cluster-ip-range");
    const prefixes = prefixesOf(subnetList(at));
    if (!at || !prefixes || prefixes.length === 0) return;
    if (!isSingleOrDual(prefixes)) {
      yield {
        at,
        codes: ["KCM007"],
        message: "serviceCIDR and secondaryServiceCIDR are not dualstack; name one of each family",
      };
      return;
    }
    const servers = world.all(apiServerRange).filter(({ namespace }) => namespace === resource.namespace);
    const [server] = servers;
    if (!server || servers.some(({ value }) => value !== server.value) || server.value === at.text) return;
    yield {
      at,
      codes: ["KCM008"],
      severity: "warning",
      message: `the API server has ${server.value}; give both the same ranges in the same order`,
      fix: { kind: "decision", title: "Take the API server's ranges", edits: [at.replace(server.value)] },
    };
  },
};
