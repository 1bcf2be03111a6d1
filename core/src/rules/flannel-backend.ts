import type { Rule } from "../lint/rule.ts";
import { missing } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A flannel backend that carries IPv4 only",
  why: `With \`EnableIPv6\` the backend has to be vxlan, wireguard or host-gw. The others, and \`udp\`, which is meant when no
backend is named, have no IPv6 part.`,
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md",
  severity: "error",
  codes: ["FLN007"],
  kinds: ["FlannelNetConf"],
  example: {
    bad: configMap("ipip"),
    good: configMap("vxlan"),
  },

  *check(conf) {
    if (conf.get("EnableIPv6")?.boolean !== true) return;
    const backend = conf.get("Backend");
    const type = backend?.get("Type");
    const message = "this backend has no IPv6: write vxlan, wireguard or host-gw";
    if (type?.text && !dualStack.includes(type.text.toLowerCase()))
      yield { at: type, message, fix: { kind: "decision", title: "Write vxlan", edits: [type.replace("vxlan")] } };
    else if (!backend && !conf.partial)
      yield {
        at: missing(conf.root, "Backend", conf.get("EnableIPv6") ?? conf.root),
        message: "without Backend it is udp, which has no IPv6: write vxlan, wireguard or host-gw",
      };
  },
};

/** In small letters, which flannel turns any into. For others, flannel's subnet manager turns IPv6 off in the lease: pkg/subnet/kube/kube.go. */
const dualStack = ["vxlan", "wireguard", "host-gw"];

function configMap(type: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-flannel-cfg
data:
  net-conf.json: |
    {
      "Network": "10.244.0.0/16",
      "EnableIPv6": true,
      "IPv6Network": "fd12:3456:789a::/56",
      "Backend": {"Type": "${type}"}
    }
`;
}
