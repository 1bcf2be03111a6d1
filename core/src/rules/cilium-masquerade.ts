import { isUniqueLocal, parsePrefix } from "../addresses/address.ts";
import { ciliumConfig } from "../kinds/cilium-config.ts";
import { mentionsCilium } from "../kinds/cilium-values.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "Cilium hands out ULAs and does not masquerade them",
  why: `Nobody on the Internet routes answers to fc00::/7. With \`enable-ipv6-masquerade: "false"\` the addresses of pods leave the
cluster as they are, so it is for pools of routed prefixes, or for clusters that stay inside one network.`,
  source: "https://docs.cilium.io/en/stable/network/concepts/masquerading/",
  severity: "warning",
  codes: ["CIL009"],
  kinds: ["ConfigMap", "HelmValues"],
  groups: [""],
  mentions: [mentionsCilium],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  cluster-pool-ipv6-cidr: fd12:3456:789a::/104
  enable-ipv6-masquerade: "false"
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  cluster-pool-ipv6-cidr: fd12:3456:789a::/104
  enable-ipv6-masquerade: "true"
`,
  },

  *check(resource) {
    const config = ciliumConfig(resource);
    if (!config?.off("enable-ipv6-masquerade") || config.off("enable-ipv6")) return;
    const pools = (config.text("cluster-pool-ipv6-cidr") ?? "").split(/[\s,]+/).map(parsePrefix);
    if (!pools.some((pool) => pool && isUniqueLocal(pool.address))) return;
    const at = config.get("enable-ipv6-masquerade");
    yield {
      at,
      message: "pods have ULAs and are not masqueraded: they reach nothing outside the network, turn it on",
      fix: { kind: "decision", title: 'Write "true"', edits: [at?.replace("true")] },
    };
  },
};
