import { familyOf } from "../addresses/address.ts";
import { encapsulations } from "../kinds/tigera.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An encapsulation the Calico operator does not know, or not for IPv6",
  why: `The operator takes exactly these words: IPIPCrossSubnet, IPIP, VXLAN, VXLANCrossSubnet, None. IPIP carries IPv4 only, so
an IPv6 pool has VXLAN, VXLANCrossSubnet or None.`,
  source: "https://docs.tigera.io/calico/latest/reference/installation/api",
  severity: "error",
  codes: ["TIG001", "TIG005"],
  kinds: ["Installation"],
  groups: ["operator.tigera.io"],
  example: {
    bad: `apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    ipPools:
      - cidr: fd12:3456:789a::/56
        encapsulation: IPIP
        natOutgoing: Enabled
`,
    good: `apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    ipPools:
      - cidr: fd12:3456:789a::/56
        encapsulation: VXLAN
        natOutgoing: Enabled
`,
  },

  *check(installation) {
    for (const pool of installation.get("spec", "calicoNetwork", "ipPools")?.items() ?? []) {
      const field = pool.get("encapsulation");
      if (!field?.text) continue;
      const cidr = pool.get("cidr")?.text ?? "";
      const meant = encapsulations.find((word) => word.toLowerCase() === field.text?.toLowerCase());
      if (meant !== field.text)
        yield {
          at: field,
          message: `Unsupported value: "${field.text}": supported values: ${encapsulations.map((word) => `"${word}"`).join(", ")}`,
          codes: ["TIG005"],
          fix: meant ? { kind: "spelling", title: `Write ${meant}`, edits: [field.replace(meant)] } : undefined,
        };
      else if (field.text.startsWith("IPIP") && familyOf(cidr) === "IPv6")
        yield {
          at: field,
          message: `IPIP encapsulation is not supported by IPv6 pools, but it is set for ${cidr}: use VXLAN`,
          codes: ["TIG001"],
          fix: vxlan(field.text).map((word) => ({
            kind: "decision",
            title: `Write ${word}`,
            edits: [field.replace(word)],
          })),
        };
    }
  },
};

function vxlan(ipip: string): readonly string[] {
  return [ipip.replace("IPIP", "VXLAN"), "None"];
}
