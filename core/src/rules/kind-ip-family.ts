import type { Rule } from "../lint/rule.ts";

const families = ["ipv4", "ipv6", "dual"];

export const rule: Rule = {
  summary: "kind does not know this ipFamily",
  why: `kind writes families in lower case, \`ipv4\`, \`ipv6\` or \`dual\`, unlike the ipFamilies of a Service.`,
  source: "https://github.com/kubernetes-sigs/kind/blob/main/pkg/internal/apis/config/validate.go",
  severity: "error",
  codes: ["KIND001"],
  kinds: ["KindCluster"],
  example: {
    bad: `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
networking:
  ipFamily: IPv6
`,
    good: `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
networking:
  ipFamily: ipv6
`,
  },

  *check(cluster) {
    const at = cluster.get("networking", "ipFamily");
    if (!at?.text || families.includes(at.text)) return;
    const lower = at.text.toLowerCase();
    const meant = /dual|,/.test(lower) ? "dual" : families.find((family) => family === lower);
    yield {
      at,
      message: `invalid ipFamily: ${at.text}; kind takes ipv4, ipv6 or dual`,
      fix: meant ? { kind: "spelling", title: `Write ${meant}`, edits: [at.replace(meant)] } : undefined,
    };
  },
};
