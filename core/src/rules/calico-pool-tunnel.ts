import { familyOf } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "IPIP in an IPv6 pool, or IPIP and VXLAN together",
  why: `IPIP carries IPv4 in IPv4 and nothing else, so an IPv6 pool needs VXLAN or no tunnel at all. A pool has one tunnel at
most.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/ippool",
  severity: "error",
  codes: ["CAL001", "CAL002"],
  kinds: ["IPPool"],
  groups: ["projectcalico.org", "crd.projectcalico.org"],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
  ipipMode: Always
  natOutgoing: true
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
  ipipMode: Never
  natOutgoing: true
`,
  },

  *check(pool) {
    const [ipip, vxlan] = [pool.get("spec", "ipipMode"), pool.get("spec", "vxlanMode")];
    if (!isOn(ipip?.text)) return;
    const never: Report["fix"] = { kind: "decision", title: "Turn IPIP off", edits: [ipip?.replace("Never")] };
    if (familyOf(pool.get("spec", "cidr")?.text ?? "") === "IPv6")
      yield {
        at: ipip,
        message: "IPIP is not supported on IPv6 pools: use vxlanMode instead",
        codes: ["CAL001"],
        fix: never,
      };
    if (isOn(vxlan?.text))
      yield {
        at: vxlan,
        message: "ipipMode and vxlanMode cannot both be enabled: set one of them to Never",
        codes: ["CAL002"],
      };
  },
};

function isOn(mode: string | undefined): boolean {
  return mode === "Always" || mode === "CrossSubnet";
}
