import type { Prefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "kind's subnets do not fit its ipFamily",
  why: `kind's ipFamily, ipv4 if it is left out, says which subnets it takes: one of that family, or with \`dual\` one of each.
With \`dual\` and one subnet, the cluster comes up without the other family's addresses for pods or Services.`,
  source: "https://github.com/kubernetes-sigs/kind/blob/main/pkg/internal/apis/config/validate.go",
  severity: "error",
  codes: ["KIND002", "KIND003", "KIND004", "KIND005"],
  kinds: ["KindCluster"],
  example: {
    bad: `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
networking:
  ipFamily: ipv4
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
`,
    good: `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
networking:
  ipFamily: dual
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
`,
  },

  *check(cluster) {
    const networking = cluster.get("networking");
    const field = networking?.get("ipFamily");
    const family = field ? field.text : cluster.partial ? undefined : "ipv4";
    if (!family || !["ipv4", "ipv6", "dual"].includes(family)) return;
    for (const key of ["podSubnet", "serviceSubnet"]) {
      const at = networking?.get(key);
      const prefixes = prefixesOf(subnetList(at));
      if (!at || !prefixes?.[0]) continue;
      const report = family === "dual" ? dual(at, prefixes) : single(at, prefixes, family, field);
      if (report) yield report;
    }
  },
};

function single(at: Field, prefixes: readonly Prefix[], family: string, field: Field | undefined): Report | undefined {
  const wanted = family === "ipv6" ? "IPv6" : "IPv4";
  if (prefixes.length > 1) {
    const edit = field ? field.replace("dual") : at.insertAfter("ipFamily: dual");
    return {
      at,
      codes: ["KIND002"],
      message: "only one CIDR allowed for single-stack networking; set ipFamily: dual for both",
      fix: isDual(at.parent) ? { kind: "decision", title: "Set ipFamily: dual", edits: [edit] } : undefined,
    };
  }
  if (prefixes[0]?.address.family === wanted) return undefined;
  return { at, codes: ["KIND003"], message: `expected ${wanted} CIDR for ${wanted} family; change one of them` };
}

/** True if every subnet that is written has both families, so that the cluster may be dual. */
function isDual(networking: Field | undefined): boolean {
  const lists = ["podSubnet", "serviceSubnet"].flatMap((key) => networking?.get(key) ?? []);
  return lists.every((list) => prefixFamiliesOf(prefixesOf(subnetList(list)) ?? []).length === 2);
}

function dual(at: Field, prefixes: readonly Prefix[]): Report | undefined {
  if (!isSingleOrDual(prefixes)) {
    const message = "expected one (IPv4 or IPv6) CIDR or two CIDRs from each family for dual-stack networking";
    return { at, codes: ["KIND004"], message };
  }
  const [only, ...more] = prefixFamiliesOf(prefixes);
  if (more.length > 0) return undefined;
  const missing = only === "IPv4" ? "IPv6" : "IPv4";
  return {
    at,
    codes: ["KIND005"],
    severity: "warning",
    message: `dual, but only ${only} here; add an ${missing} CIDR`,
  };
}
