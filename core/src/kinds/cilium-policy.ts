import { type Family, familyOf, otherFamily, parsePrefix } from "../addresses/address.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Field, Place } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";
import { writesInto } from "../manifest/template.ts";
import { mayBe } from "./network-policy.ts";

export const ciliumPolicyKinds: readonly string[] = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"];

/** The rules of a Cilium policy, of `spec` and of every item of `specs`, in the order written. */
export function ciliumRules(policy: Resource): readonly Field[] {
  const specs = [policy.get("spec"), ...(policy.get("specs")?.items() ?? [])];
  return specs.flatMap((spec) =>
    ["ingress", "ingressDeny", "egress", "egressDeny"].flatMap((direction) => spec?.get(direction)?.items() ?? []),
  );
}

/** `0.0.0.0/0` or `::/0` in a list of a rule that lets nobody else of the other family in or out. */
export interface LoneAny {
  /** Its own range, and the path of its list. */
  readonly at: Place;
  /** Writes the other family's beside it; undefined where exceptions would have to be guessed. */
  readonly edit: Edit | undefined;
}

/** Every prefix for all of one family that has no counterpart for the other, in the order written. */
export function loneAnys(policy: Resource, family: Family): readonly LoneAny[] {
  return directions(policy).flatMap(({ rules, prefix }) =>
    rules.flatMap((rule) => {
      // Rules add up; one without ports is open on the ports of every other.
      const open = rules.filter((other) => other === rule || !other.has("toPorts"));
      const counterpart = otherFamily(family);
      if (open.some((other) => isOpen(other, prefix, counterpart)) || exceptsOther(rule, prefix, counterpart))
        return [];
      return [`${prefix}CIDR`, `${prefix}CIDRSet`].flatMap((name) => anyIn(rule.get(name), family));
    }),
  );
}

function anyIn(list: Field | undefined, family: Family): LoneAny[] {
  const any = list?.items().find((item) => isAny(item, family));
  if (!list || !any) return [];
  const counterpart = family === "IPv4" ? "::/0" : "0.0.0.0/0";
  const edit =
    any.type !== "map"
      ? any.insertAfter(counterpart)
      : any.has("except")
        ? undefined
        : any.insertAfter(`cidr: ${counterpart}`);
  return [{ at: under(list.path, any.get("cidr") ?? any), edit }];
}

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

/** An `except` names the family although its prefix is of the other: it was thought of, but in the wrong place. */
function exceptsOther(rule: Field, prefix: "from" | "to", family: Family): boolean {
  const sets = rule.get(`${prefix}CIDRSet`)?.items() ?? [];
  const other = sets.filter((set) => familyOf(set.get("cidr")?.text ?? "") !== family);
  const excepts = other.flatMap((set) => set.get("except")?.items() ?? []);
  return excepts.some(({ text }) => familyOf(text ?? "") === family);
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
