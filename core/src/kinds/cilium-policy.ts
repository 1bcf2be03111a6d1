import { type Family, familyOf, otherFamily, parsePrefix } from "../addresses/address.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Field, Place } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";
import { writesInto } from "../manifest/template.ts";
import { mayBe, type Openings } from "./network-policy.ts";
import { ciliumPortsOf, ciliumWantedPorts, cover, type Ports } from "./policy-ports.ts";

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
  /** It has exceptions, of its own family. */
  readonly excepts: boolean;
}

/** `spec` and every item of `specs`: each has pods of its own. */
export function ciliumSpecs(policy: Resource): readonly Field[] {
  return [policy.get("spec") ?? [], policy.get("specs")?.items() ?? []].flat();
}

/** What a spec opens to all of the world of a family. */
export function ciliumOpenings(spec: Field, family: Family): Openings {
  const of = (direction: "ingress" | "egress") =>
    (spec.get(direction)?.items() ?? [])
      .filter((rule) => isOpen(rule, direction === "ingress" ? "from" : "to", family))
      .flatMap(ciliumPortsOf);
  return { ingress: of("ingress"), egress: of("egress") };
}

/** What opens the same pods besides: other policies, and other specs. */
export type Elsewhere = (spec: Field, direction: "ingress" | "egress", family: Family) => readonly Ports[];

/** Every prefix for all of one family that has no counterpart for the other, in the order written. */
export function loneAnys(policy: Resource, family: Family, elsewhere: Elsewhere): readonly LoneAny[] {
  const counterpart = otherFamily(family);
  return ciliumSpecs(policy).flatMap((spec) => {
    const own = ciliumOpenings(spec, counterpart);
    return (["ingress", "egress"] as const).flatMap((direction) => {
      const prefix = direction === "ingress" ? "from" : "to";
      return (spec.get(direction)?.items() ?? []).flatMap((rule) => {
        const anys = [`${prefix}CIDR`, `${prefix}CIDRSet`].flatMap((name) => anyIn(rule.get(name), family));
        // What stands in the rule itself, or in one on its ports, adds up, and so do other policies.
        const open =
          anys.length === 0 ||
          isOpen(rule, prefix, counterpart) ||
          exceptsOther(rule, prefix, counterpart) ||
          cover([...own[direction], ...elsewhere(spec, direction, counterpart)], ciliumWantedPorts(rule));
        return open ? [] : anys;
      });
    });
  });
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
  return [{ at: under(list.path, any.get("cidr") ?? any), edit, excepts: any.type === "map" && any.has("except") }];
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
