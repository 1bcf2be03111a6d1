/**
 * A list of rules in the order they are tried, each of which may match, not match, or nobody knows; and what can come of it.
 * Admin policies come first, then NetworkPolicies, then baseline policies
 * ({@link https://network-policy-api.sigs.k8s.io/api-overview/}); Calico has the same as tiers
 * ({@link https://docs.tigera.io/calico/latest/network-policy/policy-tiers/tiered-policy}).
 */
import type {
  Action,
  Clause,
  CompiledPolicy,
  DecidedBy,
  PolicyQuestion,
  PolicyRule,
  PolicySection,
  Tier,
} from "./model.ts";
import { endpointText } from "./peers.ts";
import { refText } from "./ref.ts";
import { isIcmp } from "./traffic.ts";
import { every, some, type Truth, unknownTruth } from "./truth.ts";

export interface PolicyStep {
  readonly match: Truth;
  readonly action: Action;
  /** Where "pass" goes on: the index of the first step of the next tier. */
  readonly next: number;
  readonly decidedBy: DecidedBy;
  /** No rule matched: the pod is isolated, and that is why. */
  readonly byDefault?: true;
}

/** What can come of a list of steps: one entry if it is certain, two if it is not. */
export interface PolicyOutcome {
  readonly allowed?: { readonly step?: PolicyStep };
  readonly denied?: { readonly step?: PolicyStep };
  /** Why there are two. */
  readonly doubt?: string;
}

export interface Applied {
  readonly policy: CompiledPolicy;
  readonly section: PolicySection;
  /** Never false. */
  readonly applies: Truth;
}

/** The policies that (may) select the subject of a question and have something to say in its direction. */
export function applying(policies: readonly CompiledPolicy[], question: PolicyQuestion): readonly Applied[] {
  return policies.flatMap((policy) => {
    const section = policy[question.direction];
    const applies = section ? appliesTo(policy, question) : false;
    return section && applies !== false ? [{ policy, section, applies }] : [];
  });
}

/** Every step of every applying policy, tier after tier. */
export function stepsOf(applied: readonly Applied[], question: PolicyQuestion): readonly PolicyStep[] {
  const steps: PolicyStep[] = [];
  for (const tier of tiersOf(applied)) {
    const inTier = applied.filter(({ policy }) => policy.tier.name === tier.name).sort(byOrder);
    const perPolicy = inTier.map((one) => ({ one, steps: ruleSteps(one, question) }));
    const own = perPolicy.flatMap((tried) => doubtTies(tried, perPolicy));
    const next = steps.length + own.length + 1;
    steps.push(...own.map((step) => ({ ...step, next })), { ...endOfTier(tier, inTier, question), next });
  }
  return steps;
}

/**
 * What can come of the steps, computed from the last to the first, so that a step that may match costs no more than one that
 * does. What nothing decides is allowed: "by default, a pod is non-isolated".
 */
export function policyOutcomeOf(steps: readonly PolicyStep[]): PolicyOutcome {
  const outcomes: PolicyOutcome[] = [];
  outcomes[steps.length] = { allowed: {} };
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index] as PolicyStep;
    const otherwise = outcomes[index + 1] ?? { allowed: {} };
    const taken = then(step, outcomes[step.next] ?? { allowed: {} });
    outcomes[index] =
      step.match === true ? taken : step.match === false ? otherwise : merge(taken, otherwise, step.match.unknown);
  }
  return outcomes[0] ?? { allowed: {} };
}

/** Steps that leave everything open, because a policy cannot be placed or read. */
export function undecidable(because: string, decidedBy: DecidedBy): readonly PolicyStep[] {
  const match = unknownTruth(because);
  return (["allow", "deny"] as const).map((action) => ({ match, action, next: 0, decidedBy }));
}

function appliesTo(policy: CompiledPolicy, { subject, surroundings }: PolicyQuestion): Truth {
  const selected = policy.selects(subject, surroundings);
  if (!subject.hostNetwork || selected === false) return selected;
  if (policy.selectsHostNetwork === false || surroundings.engine) return false;
  return unknownTruth(
    `${endpointText(subject)} is on the host's network, where Kubernetes leaves open whether policies apply to it`,
  );
}

export function tiersOf(applied: readonly Pick<Applied, "policy">[]): readonly Tier[] {
  const tiers = new Map(applied.map(({ policy }) => [policy.tier.name, policy.tier]));
  return [...tiers.values()]
    .filter(({ order }) => order !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.name < b.name ? -1 : 1));
}

export function byOrder({ policy: a }: Pick<Applied, "policy">, { policy: b }: Pick<Applied, "policy">): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.ref.name === b.ref.name ? 0 : a.ref.name < b.ref.name ? -1 : 1;
}

function ruleSteps({ policy, section, applies }: Applied, question: PolicyQuestion): readonly PolicyStep[] {
  return section.rules.map((rule) => {
    const { match, clause } = matchRule(rule, question);
    return {
      match: every([applies, match]),
      action: rule.action,
      next: 0,
      decidedBy: { policy: policy.ref, path: clause?.path ?? rule.path, text: clause?.text ?? "everything" },
    };
  });
}

/** Whether a rule meets the packet of a question, and by which of its clauses. */
export function matchRule(rule: PolicyRule, question: PolicyQuestion): { match: Truth; clause: Clause | undefined } {
  const peer = matchAny(rule.peers, question);
  const traffic = matchAny(rule.traffic, question);
  const conditions = rule.conditions.map((clause) => clause.matches(question));
  return {
    match: every([peer.match, traffic.match, ...conditions]),
    clause: peer.clause ?? traffic.clause ?? rule.conditions[0],
  };
}

function matchAny(clauses: readonly Clause[] | undefined, question: PolicyQuestion): { match: Truth; clause?: Clause } {
  if (!clauses) return { match: true };
  const matches = clauses.map((clause) => clause.matches(question));
  const match = some(matches);
  const clause = clauses[matches.indexOf(match)];
  return clause ? { match, clause } : { match };
}

interface Tried {
  readonly one: Applied;
  readonly steps: readonly PolicyStep[];
}

/** "If two policies with the same priority could match a connection, the implementation can apply any of them." */
function doubtTies(tried: Tried, inTier: readonly Tried[]): readonly PolicyStep[] {
  const { policy } = tried.one;
  const rivals = inTier.filter((other) => other !== tried && other.one.policy.order === policy.order);
  const matching = rivals.filter(({ steps }) => possibleActions(steps).length > 0);
  const actions = new Set([tried, ...matching].flatMap(({ steps }) => possibleActions(steps)));
  if (policy.tier.ties === "by-name" || matching.length === 0 || actions.size < 2) return tried.steps;
  const others = matching.map(({ one }) => refText(one.policy.ref)).join(", ");
  const because = `${refText(policy.ref)} and ${others} have the same priority, and which comes first is not defined`;
  return tried.steps.map((step) => (step.match === true ? { ...step, match: unknownTruth(because) } : step));
}

/** What the steps of one policy may do: the actions up to the first that is certain to match. */
function possibleActions(steps: readonly PolicyStep[]): readonly Action[] {
  const certain = steps.findIndex(({ match }) => match === true);
  const reached = certain < 0 ? steps : steps.slice(0, certain + 1);
  return reached.filter(({ match }) => match !== false).map(({ action }) => action);
}

function endOfTier(tier: Tier, inTier: readonly Applied[], question: PolicyQuestion): PolicyStep {
  const isolating = inTier.filter(({ section }) => section.isolates);
  const first = isolating.find(({ applies }) => applies === true) ?? isolating[0];
  const isolated = tier.atEnd === "pass" ? false : some(isolating.map(({ applies }) => applies));
  return {
    match: openToIcmp(isolating, question) && isolated === true ? undefinedForIcmp : isolated,
    action: "deny",
    next: 0,
    byDefault: true,
    decidedBy: first
      ? { policy: first.policy.ref, path: first.section.path, text: "no rule matches" }
      : { policy: { apiVersion: "", kind: "Tier", name: tier.name }, path: "spec.defaultAction", text: tier.atEnd },
  };
}

const undefinedForIcmp = unknownTruth(
  "Kubernetes promises isolation for TCP, UDP and SCTP only; some network plugins let ICMP through, others do not",
);

/** {@link https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-other-protocols} */
function openToIcmp(isolating: readonly Applied[], { protocol, surroundings }: PolicyQuestion): boolean {
  return (
    isIcmp(protocol) && !surroundings.engine && isolating.every(({ policy }) => policy.ref.kind === "NetworkPolicy")
  );
}

function then(step: PolicyStep, nextTier: PolicyOutcome): PolicyOutcome {
  if (step.action === "pass") return nextTier;
  return step.action === "allow" ? { allowed: { step } } : { denied: { step } };
}

function merge(taken: PolicyOutcome, otherwise: PolicyOutcome, because: string): PolicyOutcome {
  const allowed = otherwise.allowed ?? taken.allowed;
  const denied = otherwise.denied ?? taken.denied;
  const same = !taken.allowed === !otherwise.allowed && !taken.denied === !otherwise.denied;
  const inner = otherwise.doubt ?? taken.doubt;
  const doubt = !allowed || !denied ? undefined : same ? inner : because;
  return { ...(allowed && { allowed }), ...(denied && { denied }), ...(doubt === undefined ? {} : { doubt }) };
}
