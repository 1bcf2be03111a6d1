import { parseAddress } from "../addresses/address.ts";
import { programFlags } from "../kinds/flags.ts";
import type { Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, subnetList } from "../literals/subnet-list.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The API server advertises an address that is not of its primary service family",
  why: `The advertised address becomes the endpoint of the Service \`kubernetes\`, which has the family of the first service
range. The API server checks that they agree, and exits if not.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-apiserver/app/options/validation.go",
  severity: "error",
  codes: ["KAS003"],
  kinds: [...podKinds, "ClusterConfiguration"],
  mentions: [/advertise-address/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.11
        - --service-cluster-ip-range=fd12:3456:789b::/112,10.96.0.0/16
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.11
        - --service-cluster-ip-range=10.96.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(resource) {
    const flags = programFlags(resource, "kube-apiserver");
    const at = flags?.get("advertise-address");
    const ranges = flags?.get("service-cluster-ip-range");
    const family = parseAddress(at?.text ?? "")?.family;
    const list = subnetList(ranges);
    const prefixes = prefixesOf(list);
    const primary = prefixes?.[0]?.address.family;
    if (!prefixes || !isSingleOrDual(prefixes) || !family || !primary || family === primary) return;
    const swapped = list.map(({ text }) => text).reverse();
    yield {
      at,
      message: `service IP family "${primary}" must match public address family "${family}"`,
      fix:
        list.length === 2
          ? {
              kind: "decision",
              title: `Put the ${family} service range first`,
              edits: [ranges?.replace(swapped.join(","))],
            }
          : undefined,
    };
  },
};
