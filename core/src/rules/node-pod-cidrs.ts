import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Node has one pod range per family, and keeps it",
  why: `\`podCIDRs\` holds at most one range of each family. Once set they cannot change, which is why an existing Node does not
become dual-stack by editing it: it has to be deleted and registered again.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go",
  severity: "error",
  codes: ["NODE002", "NODE004"],
  kinds: ["Node"],
  groups: [""],
  example: {
    bad: `apiVersion: v1
kind: Node
metadata:
  name: worker
spec:
  podCIDRs: ["fd12:3456:789a:1::/64", "fd12:3456:789a:2::/64"]
`,
    good: `apiVersion: v1
kind: Node
metadata:
  name: worker
spec:
  podCIDRs: ["fd12:3456:789a:1::/64", 10.244.1.0/24]
`,
  },

  *check(node, world) {
    const list = node.get("spec", "podCIDRs");
    const items = list?.items() ?? [];
    const families = items.map(({ text }) => familyOf(text ?? ""));
    const again = families.findIndex((family, index) => family !== undefined && families.indexOf(family) < index);
    const extra = items[again < 0 ? 2 : again];
    if (list && extra)
      yield {
        at: { path: list.path, start: extra.start, end: extra.end },
        message: "may specify no more than one CIDR for each IP family",
        codes: ["NODE002"],
      };
    const single = node.get("spec", "podCIDR");
    const is = items.length > 0 ? items.map(({ text }) => text) : single ? [single.text] : [];
    const before = world.old(node);
    const wasList = before?.get("spec", "podCIDRs")?.items() ?? [];
    const was = wasList.length > 0 ? wasList.map(({ text }) => text) : [before?.get("spec", "podCIDR")?.text];
    if (!was[0] || is.length === 0 || is.includes(undefined) || was.includes(undefined) || is.join() === was.join())
      return;
    // podCIDR alone leaves the second range to the API server, which keeps it.
    if (items.length === 0 && is[0] === was[0]) return;
    yield {
      at: list?.key ?? single,
      message: 'node updates may not change podCIDR except from "" to valid; delete and register the Node again',
      codes: ["NODE004"],
    };
  },
};
