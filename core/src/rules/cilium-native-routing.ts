import { type CiliumConfig, ciliumConfig } from "../kinds/cilium-config.ts";
import { mentionsCilium } from "../kinds/cilium-values.ts";
import type { Rule } from "../lint/rule.ts";
import { missing } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "Cilium with native routing does not know which IPv6 addresses to leave as they are",
  why: `With native routing and masquerading on, as it is when nothing is said, the agent must know the range that pods reach
without translation, for each family: \`ipv6-native-routing-cidr\`. It stops without one, unless the IP masquerade agent decides.`,
  source: "https://docs.cilium.io/en/stable/network/concepts/routing/#native-routing",
  severity: "error",
  codes: ["CIL002"],
  kinds: ["ConfigMap", "HelmValues"],
  groups: [""],
  mentions: [mentionsCilium],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  enable-ipv6: "true"
  enable-ipv6-masquerade: "true"
  routing-mode: native
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  enable-ipv6: "true"
  enable-ipv6-masquerade: "true"
  routing-mode: native
  ipv6-native-routing-cidr: fd12:3456:789a::/48
`,
  },

  *check(resource) {
    const config = ciliumConfig(resource);
    const mode = config?.get("routing-mode") ?? config?.get("tunnel");
    if (!config || !mode || (mode.text !== "native" && mode.text !== "disabled")) return;
    if (!config.on("enable-ipv6") || !masquerades(config)) return;
    if (!config.lacks("ipv6-native-routing-cidr") || config.on("enable-ip-masq-agent")) return;
    yield {
      at: missing(config.data, config.key("ipv6-native-routing-cidr"), mode),
      message:
        "native routing cidr must be configured with option --ipv6-native-routing-cidr: add the range of the pods",
    };
  },
};

/**
 * The agent's default is true, {@link https://docs.cilium.io/en/stable/cmdref/cilium-agent/}. Agents that know `tunnel` but not
 * `routing-mode` had other keys for it.
 */
function masquerades(config: CiliumConfig): boolean {
  const byDefault = config.get("routing-mode") !== undefined && config.lacks("enable-ipv6-masquerade");
  return byDefault || config.on("enable-ipv6-masquerade");
}
