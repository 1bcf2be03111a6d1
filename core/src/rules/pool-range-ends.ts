import { rangeMistake } from "../kinds/address-range.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** spidernet-io/spiderpool pkg/ip/iprange.go, kubernetes-sigs/cluster-api-ipam-provider-in-cluster internal/poolutil/pool.go */
const lists: Readonly<Record<string, readonly string[]>> = {
  SpiderIPPool: ["ips", "excludeIPs"],
  InClusterIPPool: ["addresses", "excludedAddresses"],
  GlobalInClusterIPPool: ["addresses", "excludedAddresses"],
};

export const rule: Rule = {
  summary:
    "A pool of kube-vip, PureLB, Spiderpool or Cluster API whose ends are out of order, of two families, or no addresses",
  why: `A range is two addresses of one family with a \`-\` between, the lower one first. kube-vip takes several in one text, with a comma between:
one of each family for a namespace of dual-stack Services. PureLB has \`v4pools\` and \`v6pools\`; a SpiderIPPool and an InClusterIPPool
list addresses and ranges of one family.`,
  source: "https://github.com/kube-vip/kube-vip-cloud-provider/blob/main/pkg/ipam/ipam.go",
  severity: "error",
  kinds: ["ConfigMap", "ServiceGroup", ...Object.keys(lists)],
  groups: ["", "purelb.io", "spiderpool.spidernet.io", "ipam.cluster.x-k8s.io"],
  mentions: [/range-(?:global|default|kube-system)/, /v[46]pools/, /(?:Spider|InCluster)IPPool/],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: kubevip
  namespace: kube-system
data:
  range-global: 192.168.1.220-192.168.1.230,fd12:3456:789a::ff-fd12:3456:789a::10
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: kubevip
  namespace: kube-system
data:
  range-global: 192.168.1.220-192.168.1.230,fd12:3456:789a::10-fd12:3456:789a::ff
`,
  },

  *check(resource) {
    for (const field of rangesIn(resource))
      for (const { text, start } of partsOf(field.text ?? "")) {
        const wrong = text.includes("-") && !isPlaceholder(text) ? rangeMistake(text) : undefined;
        if (!wrong) continue;
        const { swapped } = wrong;
        const whole = field.text ?? "";
        const by = swapped && whole.slice(0, start) + swapped + whole.slice(start + text.length);
        yield {
          at: field.within(start, start + text.length),
          message: wrong.message,
          fix: by ? { kind: "decision", title: `Write ${swapped}`, edits: [field.replace(by)] } : undefined,
        };
      }
  },
};

/** kube-vip's ranges are those of a namespace, of which a few are known by their names: another ConfigMap may have such a key. */
function rangesIn(resource: Resource): readonly Field[] {
  if (resource.kind === "ConfigMap")
    return (resource.get("data")?.entries() ?? []).flatMap(([key, field]) =>
      /^range-(?:global|default|kube-system)$/.test(key) ? [field] : [],
    );
  const own = lists[resource.kind];
  if (own) return own.flatMap((list) => resource.get("spec", list)?.items() ?? []);
  return ["v4pools", "v6pools"].flatMap((list) =>
    (resource.get("spec", "local", list)?.items() ?? []).flatMap((pool) => pool.get("pool") ?? []),
  );
}

function partsOf(text: string): readonly { readonly text: string; readonly start: number }[] {
  return [...text.matchAll(/[^,\s]+/g)].map(({ 0: part, index }) => ({ text: part, start: index }));
}
