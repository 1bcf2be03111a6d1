/** Rules of Calico policies: {@link https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#rule}. */
import { type Family, type Prefix, parsePrefix } from "../addresses/address.ts";
import { withAction } from "./actions.ts";
import { isText, labelMatch, notSelected } from "./calico-entity.ts";
import { calicoTraffic, calicoTrafficConditions } from "./calico-traffic.ts";
import { unknowable } from "./doubt.ts";
import {
  type Action,
  type Clause,
  type Direction,
  families,
  type PolicyEndpoint,
  type PolicyQuestion,
  type PolicyRule,
} from "./model.ts";
import { cidrClause } from "./peers.ts";
import { isMapping, type Json, list, mapping, strings } from "./read.ts";
import { every, not, type Truth } from "./truth.ts";

const actions: Readonly<Record<string, Action>> = { Allow: "allow", Deny: "deny", Pass: "pass" };

/** The rules in force; a Log rule writes a line and decides nothing. */
export function compileCalicoRule(
  rule: Json,
  path: string,
  direction: Direction,
  namespace: string | undefined,
  sets: readonly Prefix[],
): readonly PolicyRule[] {
  if (rule.action === "Log") return [];
  const scope = { namespace, sets };
  const [ownSide, peerSide] = direction === "ingress" ? ["destination", "source"] : ["source", "destination"];
  const peer = sideOf(mapping(rule[peerSide as string]), `${path}.${peerSide}`, scope, ({ peer: other }) => other);
  const own = sideOf(mapping(rule[ownSide as string]), `${path}.${ownSide}`, scope, ({ subject }) => subject);
  const conditions = [
    ...familyConditions(rule, path),
    ...peer.conditions,
    ...own.conditions.map((clause) => ({ ...clause, own: true as const })),
    ...(own.matches ? [together(`${path}.${ownSide}`, own.matches)] : []),
    ...calicoTrafficConditions(rule, path),
  ];
  return withAction(rule.action, actions, {
    path,
    peers: peer.matches,
    traffic: calicoTraffic(rule, path),
    conditions,
  });
}

interface Scope {
  readonly namespace: string | undefined;
  /** The prefixes of all network sets: any selector may stand for some of them. */
  readonly sets: readonly Prefix[];
}

interface Side {
  /** Alternatives: the prefixes, else the selectors. */
  readonly matches: readonly Clause[] | undefined;
  readonly conditions: readonly Clause[];
}

/** `end` picks the endpoint of a question that this side of the rule is about. */
function sideOf(entity: Json, path: string, scope: Scope, end: (question: PolicyQuestion) => PolicyEndpoint): Side {
  const at = (clause: Clause): Clause => ({ ...clause, matches: (q) => clause.matches({ ...q, peer: end(q) }) });
  const nets = strings(entity.nets).map(({ text, index }) => at(cidrClause(`${path}.nets[${index}]`, text, [])));
  const selected = selectedClauses(entity, path, scope, end);
  const { notSelector } = entity;
  const negated: Clause[] = isText(notSelector)
    ? [
        {
          path: `${path}.notSelector`,
          text: `not ${notSelector}`,
          families,
          nets: scope.sets,
          matches: (q) => notSelected(notSelector, end(q), q),
        },
      ]
    : [];
  const conditions = [...notNets(entity, path, at), ...negated, ...unread(entity, path)];
  if (nets.length === 0) return { matches: selected.length > 0 ? selected : undefined, conditions };
  return { matches: nets, conditions: [...selected, ...conditions] };
}

function selectedClauses(
  entity: Json,
  path: string,
  { namespace, sets }: Scope,
  end: (question: PolicyQuestion) => PolicyEndpoint,
): readonly Clause[] {
  const label = labelMatch(entity, namespace);
  if (!label) return [];
  const written = ["selector", "namespaceSelector", "notSelector"].find((field) => isText(entity[field]));
  const matches = (question: PolicyQuestion) => label.matches(end(question), question);
  const home = namespace !== undefined && sets.length === 0 && !isText(entity.namespaceSelector) ? { namespace } : {};
  const at = `${path}.${written ?? "serviceAccounts"}`;
  return [{ path: at, text: label.text, families, nets: sets, ...home, matches }];
}

/** What an entity rule can ask that no object given here answers. */
function unread(entity: Json, path: string): readonly Clause[] {
  const texts: Readonly<Record<string, string>> = {
    services: "names a Service, whose addresses are not looked up",
    domains: "names domains, and which addresses DNS gave for them is not known",
  };
  return Object.entries(texts)
    .filter(([field]) => (Array.isArray(entity[field]) ? list(entity[field]).length > 0 : isMapping(entity[field])))
    .map(([field, text]) => unknowable(`${path}.${field}`, `${field}`, `${path}.${field} ${text}`));
}

/** A rule whose notNets are all of one family is left out of the other family's rules: felix/rules/policy.go, FilterRuleToIPVersion. */
function notNets(entity: Json, path: string, at: (clause: Clause) => Clause): readonly Clause[] {
  const nets = strings(entity.notNets);
  if (nets.length === 0) return [];
  const prefixes = nets.map(({ text, index }) => cidrClause(`${path}.notNets[${index}]`, text, []));
  const doubt = prefixes.find((clause) => clause.doubt !== undefined)?.doubt;
  const of = (family: Family) => prefixes.filter((clause) => clause.families.includes(family));
  const possible = families.filter((family) => of(family).length > 0 && !of(family).some((clause) => clause.whole));
  return [
    at({
      path: `${path}.notNets`,
      text: `not ${nets.map(({ text }) => text).join(", ")}`,
      families: possible,
      nets: prefixes.flatMap((clause) => clause.nets ?? []),
      ...(doubt === undefined ? {} : { doubt }),
      // A rule that excepts every address of its family is dropped, so that it matches nothing rather than everything.
      matches: (q) => possible.includes(q.family) && every(prefixes.map((clause) => not(clause.matches(q)))),
    }),
  ];
}

/** `ipVersion`, and the family that a protocol belongs to; Calico fills in ipVersion from the prefixes of a rule in the same way. */
function familyConditions(rule: Json, path: string): readonly Clause[] {
  const family: Family | undefined = rule.ipVersion === 4 ? "IPv4" : rule.ipVersion === 6 ? "IPv6" : undefined;
  if (!family) return [];
  const matches = (q: PolicyQuestion): Truth => q.family === family;
  return [{ path: `${path}.ipVersion`, text: "", families: [family], whole: true, matches }];
}

/** All alternatives of the pod's own side as one condition. */
function together(path: string, clauses: readonly Clause[]): Clause {
  const text = clauses.map((clause) => clause.text).join(" or ");
  const possible = families.filter((family) => clauses.some((clause) => clause.families.includes(family)));
  return {
    path,
    text: `pod at ${text}`,
    families: possible,
    own: true,
    matches: (q) => not(every(clauses.map((clause) => not(clause.matches(q))))),
  };
}

/** Why Calico would refuse a rule, or undefined; a policy with such a rule does not come into force as written. */
export function refusedRule(rule: Json, path: string): string | undefined {
  const odd = ["from", "to", "ports"].find((field) => rule[field] !== undefined);
  if (odd !== undefined) return `unknown field "${path}.${odd}"`;
  const nets = ["source", "destination"].flatMap((side) => {
    const entity = mapping(rule[side]);
    return [...strings(entity.nets), ...strings(entity.notNets)].flatMap(
      ({ text }) => parsePrefix(text)?.address.family ?? [],
    );
  });
  if (new Set(nets).size > 1) return `${path} contains both IPv4 and IPv6 prefixes`;
  const version = rule.ipVersion === 4 ? "IPv4" : rule.ipVersion === 6 ? "IPv6" : undefined;
  if (version && nets.some((family) => family !== version)) return `${path}.ipVersion does not match its prefixes`;
  if (version === "IPv4" && rule.protocol === "ICMPv6") return `${path}: protocol ICMPv6 requires ipVersion 6`;
  return version === "IPv6" && rule.protocol === "ICMP" ? `${path}: protocol ICMP requires ipVersion 4` : undefined;
}
