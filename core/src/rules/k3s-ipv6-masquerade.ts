import { isUniqueLocal, parsePrefix } from "../addresses/address.ts";
import { k3sList } from "../kinds/k3s-config.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "k3s pods with unique local addresses get no IPv6 masquerading",
  why: `flannel in k3s masquerades IPv4 by default and IPv6 only with flannel-ipv6-masq. Unique local addresses (fd00::/8) are
not routed in the Internet, so pods get no answer from outside over IPv6 without it.`,
  source: "https://docs.k3s.io/networking/basic-network-options#dual-stack-ipv4--ipv6-networking",
  severity: "warning",
  codes: ["K3S003"],
  kinds: ["K3sConfig"],
  mentions: [/cluster-cidr/],
  example: {
    bad: `cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
service-cidr: 10.43.0.0/16,fd12:3456:789b::/112
`,
    good: `cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
flannel-ipv6-masq: true
service-cidr: 10.43.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(config) {
    const list = k3sList(config, "cluster-cidr");
    const local = list?.texts.find((text) =>
      isUniqueLocal(parsePrefix(text)?.address ?? { family: "IPv4", value: 0n, leadingZeros: false }),
    );
    // `cni` belongs to RKE2, which does not have the flag; another backend than flannel masquerades by itself.
    const foreign = config.root.has("cni") || config.get("flannel-backend")?.text === "none";
    const flag = config.get("flannel-ipv6-masq");
    if (!list || !local || foreign || !(flag?.boolean === false || config.lacks("flannel-ipv6-masq"))) return;
    const edit = flag
      ? config.edit(flag.node.start, flag.node.end, "true")
      : config.get("cluster-cidr")?.insertAfter("flannel-ipv6-masq: true");
    yield {
      at: flag ?? list.at,
      message: `${local} is unique local: pods get no IPv6 way out without flannel-ipv6-masq: true`,
      fix: { kind: "decision", title: "Set flannel-ipv6-masq: true", edits: [edit] },
    };
  },
};
