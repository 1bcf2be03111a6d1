import { familyOf } from "../addresses/address.ts";
import { calicoGroups } from "../kinds/calico-policy.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A Felix setting that does not exist, or that knows IPv4 only",
  why: `There is no \`mtu\` in a FelixConfiguration: the server drops it without a word. Interfaces of pods take their MTU from
\`veth_mtu\` or the Installation, tunnels from \`vxlanMTUV6\` and \`wireguardMTUV6\`. \`externalNodesList\` is for IPIP tunnels,
which carry IPv4 only.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/felixconfig",
  severity: "error",
  codes: ["CAL019", "CAL021"],
  kinds: ["FelixConfiguration"],
  groups: calicoGroups,
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  mtu: 1440
`,
    good: `apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  vxlanMTUV6: 1440
`,
  },

  *check(felix) {
    const mtu = felix.get("spec", "mtu");
    yield {
      at: mtu?.key,
      message: 'unknown field "spec.mtu": write vxlanMTUV6 or wireguardMTUV6, or mtu in the Installation',
      codes: ["CAL019"],
    };
    const nodes = felix.get("spec", "externalNodesList");
    const ipv6 = nodes?.items().find(({ text }) => familyOf(text ?? "") === "IPv6");
    if (nodes && ipv6)
      yield {
        at: under(nodes.path, ipv6),
        message: "has invalid IPv6 CIDR: IPIP tunnels to external nodes are IPv4 only",
        codes: ["CAL021"],
      };
  },
};
