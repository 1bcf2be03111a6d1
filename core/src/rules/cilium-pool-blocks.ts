import { parseAddress } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A block of a Cilium load balancer pool that is no range",
  why: `A block is a \`cidr\`, or a \`start\` with or without a \`stop\`, both of one family and in order. The operator marks a pool
with any other block as conflicting and hands out nothing from it.`,
  source: "https://docs.cilium.io/en/stable/network/lb-ipam/",
  severity: "error",
  codes: ["CIL015"],
  kinds: ["CiliumLoadBalancerIPPool"],
  groups: ["cilium.io"],
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumLoadBalancerIPPool
metadata:
  name: edge
spec:
  blocks:
    - start: 192.168.50.10
      stop: fd12:3456:789d::20
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumLoadBalancerIPPool
metadata:
  name: edge
spec:
  blocks:
    - start: 192.168.50.10
      stop: 192.168.50.20
    - start: fd12:3456:789d::10
      stop: fd12:3456:789d::20
`,
  },

  *check(pool) {
    for (const block of ["blocks", "cidrs"].flatMap((list) => pool.get("spec", list)?.items() ?? [])) {
      const wrong = mistake(block);
      if (wrong) yield { at: under(block.path, wrong.at), message: wrong.message };
    }
  },
};

function mistake(block: Field): { at: Field; message: string } | undefined {
  const [cidr, start, stop] = ["cidr", "start", "stop"].map((key) => block.get(key));
  if (cidr && (start || stop)) return { at: cidr, message: "a block is a cidr or a start and stop, not both" };
  if (stop && !start && !block.resource.partial)
    return { at: stop, message: "stop without start: write the first address of the range" };
  const [first, last] = [parseAddress(start?.text ?? ""), parseAddress(stop?.text ?? "")];
  if (!stop || !first || !last) return undefined;
  if (first.family !== last.family)
    return { at: stop, message: `start is ${first.family} and stop is ${last.family}: make a block for each family` };
  return first.value > last.value ? { at: stop, message: "stop lies before start: swap them" } : undefined;
}
