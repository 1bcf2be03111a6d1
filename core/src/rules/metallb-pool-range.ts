import { rangeMistake } from "../kinds/address-range.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

export const rule: Rule = {
  summary: "A MetalLB range whose ends are out of order, of two families, or no addresses",
  why: `A range is two addresses of one family with a \`-\` between, the lower one first. A pool may well hold ranges of both
families, each as an entry of its own.`,
  source: "https://metallb.io/configuration/_advanced_ipaddresspool_configuration/",
  severity: "error",
  codes: ["MLB001"],
  kinds: ["IPAddressPool", "AddressPool"],
  groups: ["metallb.io"],
  example: {
    bad: `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: edge
spec:
  addresses:
    - fd12:3456:789d::20-fd12:3456:789d::10
`,
    good: `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: edge
spec:
  addresses:
    - fd12:3456:789d::10-fd12:3456:789d::20
`,
  },

  *check(pool) {
    for (const item of pool.get("spec", "addresses")?.items() ?? []) {
      const { text } = item;
      if (!text?.includes("-") || isPlaceholder(text)) continue;
      const wrong = rangeMistake(text);
      if (!wrong) continue;
      const { message, swapped } = wrong;
      const edits = swapped === undefined ? [undefined] : [item.replace(swapped)];
      yield { at: item, message, fix: { kind: "decision", title: `Write ${swapped}`, edits } };
    }
  },
};
