import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { Place } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A ServiceCIDR holds one range, or one of each family",
  why: "More ranges of one family go into ServiceCIDR objects of their own; Services draw from all of them.",
  source: "https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/",
  severity: "error",
  codes: ["SCIDR001", "SCIDR002", "SCIDR003"],
  kinds: ["ServiceCIDR"],
  groups: ["networking.k8s.io"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a:1::/112", "fd12:3456:789a:2::/112"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a:1::/112", "10.97.0.0/16"]
`,
  },

  *check(resource) {
    const list = resource.get("spec", "cidrs");
    const items = list?.items() ?? [];
    const at = (where: Place | undefined) => where && under(resource.spell(["spec", "cidrs"]), where);
    // Where a template stands in its place, the list is not empty.
    const empty = list?.type === "null" ? !resource.partial : list?.type === "seq" && items.length === 0;
    const families = items.map(({ text }) => familyOf(text ?? ""));
    if (resource.lacks("spec", "cidrs") || empty)
      yield {
        at: at(list?.key ?? resource.get("spec")?.key ?? resource.get("kind")),
        message: "at least one CIDR required",
        codes: ["SCIDR001"],
      };
    else if (items.length > 2)
      yield {
        at: at(items[2]),
        message: "may only hold up to 2 values; put this one into an object of its own",
        codes: ["SCIDR002"],
      };
    else if (items.length === 2 && families[0] !== undefined && families[0] === families[1])
      yield {
        at: at(items[1]),
        message: "may specify no more than one IP for each IP family; put this one into an object of its own",
        codes: ["SCIDR003"],
      };
  },
};
