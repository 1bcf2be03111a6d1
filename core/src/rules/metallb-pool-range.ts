import { parseAddress } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";

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
      const dash = text.indexOf("-");
      const wrong = mistake(item, text.slice(0, dash).trim(), text.slice(dash + 1).trim());
      if (wrong) yield { at: item, ...wrong };
    }
  },
};

function mistake(item: Field, start: string, end: string): Pick<Report, "message" | "fix"> | undefined {
  const [first, last] = [parseAddress(start), parseAddress(end)];
  if (!first) return { message: `invalid IP range "${item.text}": invalid start IP "${start}"` };
  if (!last) return { message: `invalid IP range "${item.text}": invalid end IP "${end}"` };
  if (first.family !== last.family)
    return { message: `start IP "${start}" is ${first.family} and end IP "${end}" ${last.family}: write two ranges` };
  if (first.value <= last.value) return undefined;
  const swapped = `${end}-${start}`;
  const fix: Report["fix"] = { kind: "decision", title: `Write ${swapped}`, edits: [item.replace(swapped)] };
  return { message: `start IP "${start}" is after the end IP "${end}": swap them`, fix };
}
