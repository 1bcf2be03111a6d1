/** What a list of policies lets through in one direction and family, without asking for a certain flow. */
import type { Family } from "../addresses/address.ts";
import {
  type Action,
  type Clause,
  type CompiledPolicy,
  type Direction,
  families,
  type PolicyRef,
  type PolicyRule,
  type PolicySection,
} from "./model.ts";
import { refText } from "./ref.ts";
import { byOrder, tiersOf } from "./steps.ts";

export interface AllowedPeer {
  /** `deny` and `pass` come from the kinds that have them, and hold for what the entries before did not match. */
  readonly action: Action;
  /** `pods app=web of default`, `2001:db8::/32`, `anywhere`. */
  readonly text: string;
  readonly families: readonly Family[];
  /** `TCP 443`, one entry for each alternative; empty means all protocols and ports. */
  readonly ports: readonly string[];
  /** What else must hold, in words. */
  readonly conditions: readonly string[];
  readonly policy: PolicyRef;
  readonly path: string;
  /** Why nobody can tell what this stands for. */
  readonly doubt?: string;
}

export interface Allowance {
  readonly kind: "everything" | "nothing" | "some" | "unknown";
  /** False if no policy has anything to say in this direction. */
  readonly limited: boolean;
  /** In the order they are tried. */
  readonly peers: readonly AllowedPeer[];
  /** One phrase: `anywhere`, `nothing`, `pods app=web of default (TCP 80)`. */
  readonly text: string;
}

/** The policies are taken to select the same pod. */
export function allowanceOf(policies: readonly CompiledPolicy[], direction: Direction, family: Family): Allowance {
  const sections = policies.flatMap((policy) =>
    policy[direction] ? [{ policy, section: policy[direction] as PolicySection }] : [],
  );
  const doubtful = sections.map(({ policy }) => doubtOf(policy)).find((doubt) => doubt !== undefined);
  if (doubtful !== undefined) return notKnown(doubtful, []);
  const entries: AllowedPeer[] = [];
  for (const tier of tiersOf(sections)) {
    const inTier = sections.filter(({ policy }) => policy.tier.name === tier.name).sort(byOrder);
    const end = walk(inTier, family, entries);
    if (end === "settled") return conclude(entries, true, direction);
    const isolated = tier.atEnd === "deny" && inTier.some(({ section }) => section.isolates);
    if (end !== "passed" && isolated) return conclude(entries, true, direction);
  }
  const policy = sections[0]?.policy.ref;
  if (policy) entries.push(rest("allow", family, policy));
  return policy
    ? conclude(entries, true, direction)
    : { kind: "everything", limited: false, peers: [], text: anyone(direction) };
}

type Sectioned = { readonly policy: CompiledPolicy; readonly section: PolicySection };

function walk(inTier: readonly Sectioned[], family: Family, entries: AllowedPeer[]): "settled" | "passed" | undefined {
  for (const { policy, section } of inTier)
    for (const rule of section.rules) {
      const found = entriesOf(rule, family, policy.ref);
      if (found.length === 0) continue;
      if (rule.action === "pass" && isWhole(rule, family)) return "passed";
      entries.push(...found);
      if (isWhole(rule, family)) return "settled";
    }
  return undefined;
}

function entriesOf(rule: PolicyRule, family: Family, policy: PolicyRef): readonly AllowedPeer[] {
  const traffic = rule.traffic?.filter((clause) => clause.families.includes(family));
  if (traffic?.length === 0 || rule.conditions.some((clause) => !clause.families.includes(family))) return [];
  const possible = (rule.peers ?? [everyone(rule.path)]).filter((clause) => clause.families.includes(family));
  // Beside a peer that stands for everybody, the others of its rule say nothing.
  const whole = possible.filter((clause) => clause.whole);
  const peers = whole.length > 0 ? whole : possible;
  const common = {
    action: rule.action,
    ports: (traffic ?? []).map(({ text }) => text),
    conditions: rule.conditions.map(({ text }) => text).filter((text) => text !== ""),
    policy,
  };
  const doubts = [...(traffic ?? []), ...rule.conditions].map(({ doubt }) => doubt);
  return peers.map(({ whole, text, families: possibleFamilies, path, doubt }) => ({
    ...common,
    ...firstOf([doubt, ...doubts]),
    text: whole ? "anywhere" : text,
    families: possibleFamilies,
    path,
  }));
}

function firstOf(doubts: readonly (string | undefined)[]): { readonly doubt?: string } {
  const doubt = doubts.find((one) => one !== undefined);
  return doubt === undefined ? {} : { doubt };
}

function everyone(path: string): Clause {
  return { path, text: "anywhere", families, whole: true, matches: () => true };
}

function isWhole({ peers, traffic, conditions }: PolicyRule, family: Family): boolean {
  const every = !peers || peers.some((clause) => clause.whole && clause.families.includes(family));
  return every && !traffic && conditions.every((clause) => clause.whole);
}

function rest(action: Action, family: Family, policy: PolicyRef): AllowedPeer {
  return { action, text: "anywhere", families: [family], ports: [], conditions: [], policy, path: "spec" };
}

function conclude(entries: readonly AllowedPeer[], limited: boolean, direction: Direction): Allowance {
  const doubt = entries.find((entry) => entry.doubt !== undefined)?.doubt;
  if (doubt !== undefined) return notKnown(doubt, entries);
  const last = entries.at(-1);
  const open = last?.text === "anywhere" && last.ports.length === 0 && last.conditions.length === 0;
  const actions = new Set(entries.map(({ action }) => action));
  if (!actions.has("allow") && !actions.has("pass"))
    return { kind: "nothing", limited, peers: entries, text: "nothing" };
  if (open && actions.size === 1) return { kind: "everything", limited, peers: entries, text: anyone(direction) };
  return { kind: "some", limited, peers: entries, text: phrase(entries, direction) };
}

function phrase(entries: readonly AllowedPeer[], direction: Direction): string {
  const texts = entries.map((entry, index) => {
    const words = { allow: "", deny: "not ", pass: "left to the next tier: " }[entry.action];
    const open = entry.text === "anywhere" && entry.ports.length === 0 && index > 0;
    const peer = open ? "everything else" : entry.text === "anywhere" ? anyone(direction) : entry.text;
    const details = [...entry.ports, ...entry.conditions];
    return `${words}${peer}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
  });
  return [...new Set(texts)].join("; ");
}

function anyone(direction: Direction): string {
  return direction === "egress" ? "anywhere" : "anyone";
}

function doubtOf({ ref, tier, refused }: CompiledPolicy): string | undefined {
  if (refused !== undefined) return `${refText(ref)} would be refused, ${refused}`;
  return tier.order === undefined ? `the place of ${refText(ref)} (${tier.name}) is not known` : undefined;
}

function notKnown(because: string, peers: readonly AllowedPeer[]): Allowance {
  return { kind: "unknown", limited: true, peers, text: `not known: ${because}` };
}
