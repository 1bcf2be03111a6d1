/** The smallest change of a policy after which a difference is gone. */

import type { KubeObject } from "../cluster/cluster.ts";
import { isMapping, type Json, list, mapping, string, strings } from "../policy/read.ts";
import { asText } from "../text/as-text.ts";
import type { Divergence } from "./divergence.ts";
import { type Counterpart, twinsOf } from "./places.ts";

/** Paths are those of {@link DecidedBy}. */
export interface ParityEdit {
  /** In words: `add ::/0 beside it`. */
  readonly says: string;
  /** `after`: values to stand behind this item of a list; `append`: at the end of this list, which is made if it is not there. */
  readonly op: "after" | "append";
  readonly path: string;
  readonly values: readonly unknown[];
}

/**
 * Undefined where nobody can tell which addresses are meant: then the counterpart has to be named or declared. What an edit adds
 * lets the other family fare as the family that the rule met.
 */
export function editFor(
  policy: KubeObject,
  divergence: Divergence,
  declared: readonly Counterpart[],
): ParityEdit | undefined {
  const { path } = divergence;
  const twins = (text: string | undefined) => (text === undefined ? [] : twinsOf(text, declared));
  const written = string(at(policy, path));
  const ipBlock = /^(.+\.(?:from|to)\[\d+\])\.ipBlock\.cidr$/.exec(path);
  if (ipBlock) return blockEdit(policy, ipBlock[1] as string, "ipBlock", twins);
  const set = /^(.+\.(?:from|to)CIDRSet\[\d+\])\.cidr$/.exec(path);
  if (set) return blockEdit(policy, set[1] as string, undefined, twins);
  if (/\.(?:networks|(?:from|to)CIDR)\[\d+\]$/.test(path)) return beside(path, twins(written));
  if (/\.(?:from|to)Entities\[\d+\]$/.test(path))
    return beside(path, written === "world-ipv4" ? ["world-ipv6"] : written === "world-ipv6" ? ["world-ipv4"] : []);
  return calicoEdit(policy, path, twins) ?? icmpEdit(policy, path);
}

/** An entry with `cidr` and `except`: either its twin is missing, or the twin excepts what this one does not. */
function blockEdit(
  policy: KubeObject,
  path: string,
  field: string | undefined,
  twins: (text: string | undefined) => readonly string[],
): ParityEdit | undefined {
  const inner = (entry: unknown) => (field === undefined ? mapping(entry) : mapping(mapping(entry)[field]));
  const own = inner(at(policy, path));
  const wanted = twins(string(own.cidr));
  const siblings = list(at(policy, path.replace(/\[\d+\]$/, ""))).map(inner);
  const others = siblings.filter((entry) => wanted.includes(string(entry.cidr) ?? ""));
  // An entry that stands there twice, with and without exceptions, has two twins.
  const alike = siblings.filter(({ cidr }) => cidr === own.cidr);
  const twin = others.length < alike.length ? undefined : others[0];
  const excepted = (entry: Json) => strings(entry.except).map(({ text }) => text);
  if (!twin) {
    const except = excepted(own).map((text) => twins(text));
    if (wanted.length === 0 || except.some((found) => found.length === 0)) return undefined;
    const all = [...new Set(except.flat())];
    const values = wanted.map((cidr) => {
      const entry = {
        cidr,
        ...(all.length === 0 ? {} : { except: all.filter((text) => text.includes(":") === cidr.includes(":")) }),
      };
      return field === undefined ? entry : { [field]: entry };
    });
    return { says: `add ${wanted.join(" and ")} beside it`, op: "after", path, values };
  }
  const missing = excepted(twin)
    .flatMap((text) => twins(text))
    .filter((text) => !excepted(own).includes(text));
  const values = [...new Set(missing)];
  if (values.length === 0) return undefined;
  const list_ = `${path}.${field === undefined ? "" : `${field}.`}except`;
  return { says: `except ${values.join(" and ")} as well`, op: "append", path: list_, values };
}

function beside(path: string, values: readonly string[]): ParityEdit | undefined {
  return values.length === 0 ? undefined : { says: `add ${values.join(" and ")} beside it`, op: "after", path, values };
}

/** A rule of Calico holds prefixes of one family, so that the other family needs a rule of its own. */
function calicoEdit(
  policy: KubeObject,
  path: string,
  twins: (text: string | undefined) => readonly string[],
): ParityEdit | undefined {
  const [, rulePath, side] = /^(spec\.(?:in|e)gress\[\d+\])\.(source|destination)\.nets\[\d+\]$/.exec(path) ?? [];
  const rule = rulePath === undefined ? undefined : at(policy, rulePath);
  if (rulePath === undefined || side === undefined || !isMapping(rule)) return undefined;
  const entity = mapping(rule[side]);
  const nets = strings(entity.nets).map(({ text }) => twins(text));
  if (nets.some((found) => found.length === 0) || entity.notNets !== undefined) return undefined;
  const twin: Json = { ...rule, ...otherVersion(rule), [side]: { ...entity, nets: [...new Set(nets.flat())] } };
  return { says: "add the same rule for the other family behind it", op: "after", path: rulePath, values: [twin] };
}

function otherVersion({ ipVersion, protocol }: Json): Json {
  const version = ipVersion === 4 ? { ipVersion: 6 } : ipVersion === 6 ? { ipVersion: 4 } : {};
  const other = { ICMP: "ICMPv6", ICMPv6: "ICMP" }[asText(protocol)];
  return { ...version, ...(other === undefined ? {} : { protocol: other }) };
}

/** A rule on ICMP, or on one version of IP: the same for the other one. */
function icmpEdit(policy: KubeObject, path: string): ParityEdit | undefined {
  const [, rulePath] = /^(spec\.(?:in|e)gress\[\d+\])(?:\.protocol|\.ipVersion)?$/.exec(path) ?? [];
  const rule = rulePath === undefined ? undefined : at(policy, rulePath);
  if (rulePath === undefined || !isMapping(rule) || typeof rule.action !== "string") return undefined;
  const change = otherVersion(rule);
  if (Object.keys(change).length === 0 || rule.icmp !== undefined || rule.notICMP !== undefined) return undefined;
  const says = "add the same rule for the other family behind it";
  return { says, op: "after", path: rulePath, values: [{ ...rule, ...change }] };
}

/** What stands at a path such as `spec.egress[0].to[1]`; undefined if nothing does. */
export function at(object: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => {
    if (typeof step === "number") return list(value)[step];
    return mapping(value)[step];
  }, object);
}

function stepsOf(path: string): readonly (string | number)[] {
  const parts = path.split(/[.[\]]+/).filter((part) => part !== "");
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The policy as it is after an edit; the one given stays as it is. */
export function withEdit(policy: KubeObject, { op, path, values }: ParityEdit): KubeObject {
  const changed = JSON.parse(JSON.stringify(policy)) as Record<string, unknown>;
  const steps = [...stepsOf(path)];
  const last = steps.pop();
  const parent = steps.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)?.[step], changed);
  if (op === "after" && Array.isArray(parent)) parent.splice(Number(last) + 1, 0, ...values);
  if (op === "append" && isMapping(parent)) {
    const key = String(last);
    (parent as Record<string, unknown>)[key] = [...list(parent[key]), ...values];
  }
  return changed as unknown as KubeObject;
}
