import { type Family, familyOf, parsePrefix } from "../address.ts";
import type { Field } from "../manifest/field.ts";
import { mayBe } from "../manifest/network-policy.ts";
import type { Resource } from "../manifest/resource.ts";
import { writesInto } from "../manifest/template.ts";
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "A Cilium policy names 0.0.0.0/0 for the world and leaves IPv6 out",
  why: `A Cilium policy isolates an endpoint for both families. \`0.0.0.0/0\` is every IPv4 address outside the cluster and no
IPv6 address; write \`::/0\` beside it, or the entity \`world\`, which is both.`,
  source: "https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based",
  severity: "warning",
  codes: ["NP007"],
  kinds: ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"],
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {}
  egress:
    - toCIDR: [0.0.0.0/0]
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {}
  egress:
    - toCIDR: [0.0.0.0/0, "::/0"]
`,
  },

  *check(policy) {
    for (const { rules, prefix } of directions(policy)) {
      for (const rule of rules) {
        // Rules add up; one without ports is open on the ports of every other.
        const open = rules.filter((other) => other === rule || !other.has("toPorts"));
        if (open.some((other) => isOpen(other, prefix, "IPv6"))) continue;
        for (const name of [`${prefix}CIDR`, `${prefix}CIDRSet`]) {
          const list = rule.get(name);
          const any = list?.items().find((item) => isAny(item, "IPv4"));
          if (!list || !any) continue;
          const { start, end } = any.get("cidr") ?? any;
          const edit =
            any.type === "map"
              ? any.has("except")
                ? undefined
                : any.insertAfter("cidr: ::/0")
              : any.insertAfter("::/0");
          yield {
            at: { path: list.path, start, end },
            message: "0.0.0.0/0 matches no IPv6 address; add ::/0, or the entity world for both",
            fix: { title: "Allow ::/0 as well", edits: [edit] },
          };
        }
      }
    }
  },
};

function directions(policy: Resource): readonly { readonly rules: readonly Field[]; readonly prefix: "from" | "to" }[] {
  const specs = [policy.get("spec") ?? [], policy.get("specs")?.items() ?? []].flat();
  return specs.flatMap((spec) => [
    { rules: spec.get("ingress")?.items() ?? [], prefix: "from" as const },
    { rules: spec.get("egress")?.items() ?? [], prefix: "to" as const },
  ]);
}

function isOpen(rule: Field, prefix: "from" | "to", family: Family): boolean {
  const cidrs = [`${prefix}CIDR`, `${prefix}CIDRSet`].flatMap((name) => rule.get(name)?.items() ?? []);
  const entities = rule.get(`${prefix}Entities`)?.items() ?? [];
  const world = ["world", "all", `world-${family.toLowerCase()}`];
  if (entities.some(({ text, type }) => type === "template" || world.includes(text ?? ""))) return true;
  return cidrs.some((item) => isAny(item, family) || isUnreadable(item, family)) || grows(rule, prefix);
}

/** A template's, or a mistake that is to be mended first; an address without a length is a prefix here, too. */
function isUnreadable(item: Field, family: Family): boolean {
  const cidr = item.type === "map" ? item.get("cidr") : item;
  return cidr !== undefined && familyOf(cidr.text ?? "") === undefined && mayBe(cidr.text, family);
}

/** A template may write more into one of the lists. */
function grows(rule: Field, prefix: "from" | "to"): boolean {
  const { partial, source } = rule.resource;
  const lists = ["CIDR", "CIDRSet", "Entities"].flatMap((name) => rule.get(`${prefix}${name}`) ?? []);
  return partial && lists.some(({ node }) => writesInto(source, node.start, node.end));
}

function isAny(item: Field, family: Family): boolean {
  const prefix = parsePrefix((item.get("cidr") ?? item).text ?? "");
  return prefix?.length === 0 && prefix.address.family === family;
}
