import type { Rule } from "../lint/rule.ts";
import { absent, missing } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "k0s runs dual-stack Calico in bird mode only",
  why: `k0s refuses dualStack with provider calico unless \`calico.mode\` is \`bird\`: its VXLAN mode, the default, carries IPv4
only. kuberouter, the default provider, has no such condition.`,
  source: "https://docs.k0sproject.io/stable/dual-stack/",
  severity: "error",
  codes: ["K0S002"],
  kinds: ["K0sCluster"],
  example: {
    bad: `apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
spec:
  network:
    provider: calico
    calico:
      mode: vxlan
    dualStack:
      enabled: true
      IPv6podCIDR: fd12:3456:789a::/108
      IPv6serviceCIDR: fd12:3456:789b::/108
`,
    good: `apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
spec:
  network:
    provider: calico
    calico:
      mode: bird
    dualStack:
      enabled: true
      IPv6podCIDR: fd12:3456:789a::/108
      IPv6serviceCIDR: fd12:3456:789b::/108
`,
  },

  *check(config) {
    const network = config.get("spec", "network");
    const provider = network?.get("provider");
    if (!network || provider?.text !== "calico" || network.get("dualStack", "enabled")?.boolean !== true) return;
    const mode = network.get("calico", "mode");
    if (mode ? mode.text === undefined || mode.text === "bird" : config.partial) return;
    const lacking = missing(network, "calico", provider);
    const edit = mode
      ? mode.replace("bird")
      : network.has("calico")
        ? undefined
        : provider.insertAfter("calico:\n  mode: bird");
    yield {
      at: mode ?? (network.has("calico") ? absent(config, ...network.steps, "calico", "mode") : lacking),
      message: "dual stack for calico is only supported for mode `bird`; set calico.mode: bird",
      fix: { kind: "decision", title: "Set mode: bird", edits: [edit] },
    };
  },
};
