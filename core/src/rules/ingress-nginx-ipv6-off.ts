import { clusterOf } from "../facts/service-ranges.ts";
import { ingressNginxConfigs } from "../kinds/ingress-nginx.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "ingress-nginx is told not to listen on IPv6 in a cluster that has it",
  why: `With \`disable-ipv6: "true"\` in the controller's ConfigMap nginx has no \`listen [::]\`: in an IPv6-only cluster nothing answers, not
even the kubelet's probe, and in a dual-stack one who comes over IPv6 is refused. With \`disable-ipv6-dns\` it asks for no AAAA records of the
names it sends requests to. \`bind-address\` with IPv4 addresses alone does the same.`,
  source: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#disable-ipv6",
  severity: "warning",
  kinds: ["ConfigMap", "HelmValues"],
  mentions: [/disable-ipv6|bind-address/],
  example: {
    cluster: "v6",
    bad: configMap("true"),
    good: configMap("false"),
  },

  *check(resource, world) {
    const cluster = clusterOf(world);
    if (cluster === "unknown" || cluster === "v4") return;
    const severity = cluster === "v6" ? "warning" : "information";
    for (const config of ingressNginxConfigs(resource)) {
      for (const [key, what] of switches) {
        const at = config.get(key);
        if (at?.text === "true")
          yield {
            at,
            severity,
            message: `${what}, and this cluster has IPv6: write "false"`,
            fix: { kind: "decision", title: 'Write "false"', edits: [at.replace("false")] },
          };
      }
      const bind = config.get("bind-address");
      const addresses = bind?.text?.split(",").filter((text) => text !== "") ?? [];
      if (addresses.length > 0 && addresses.every((text) => /^[\d.]+$/.test(text.trim())))
        yield { at: bind, severity, message: "nginx listens on these IPv4 addresses alone: add [::], or leave it out" };
    }
  },
};

const switches = [
  ["disable-ipv6", "nginx does not listen on IPv6"],
  ["disable-ipv6-dns", "nginx asks for no AAAA records"],
] as const;

function configMap(isOff: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ingress-nginx-controller
data:
  disable-ipv6: "${isOff}"
`;
}
