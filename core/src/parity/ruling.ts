/** What the policies of a subject say of a peer, for every kind of traffic. */
import type { Family } from "../addresses/address.ts";
import { judgeQuestion } from "../policy/judge.ts";
import type {
  Clause,
  DecidedBy,
  PodEndpoint,
  PolicyEndpoint,
  PolicyQuestion,
  PolicySurroundings,
  Ruling,
} from "../policy/model.ts";
import { matchRule, type PolicyStep, stepsOf } from "../policy/steps.ts";
import { isUnknown, type Truth } from "../policy/truth.ts";
import type { ParitySubject } from "./subjects.ts";
import { sample, type Traffic } from "./traffic.ts";

export interface Ruled {
  readonly ruling: Ruling;
  readonly decidedBy?: DecidedBy;
  /** Present if the ruling is unknown. */
  readonly because?: string;
  /** Which rules meet it, for a ruling that is unknown: families of which each rule says the same fare alike, whatever that is. */
  readonly rules?: string;
}

/** Rulings, one for each kind of traffic. */
export type Behaviour = readonly Ruled[];

export class SubjectRulings {
  readonly #subject: ParitySubject;
  readonly #pod: PodEndpoint;
  readonly #surroundings: PolicySurroundings;
  readonly #aboutPeer: readonly Clause[];
  readonly traffic: readonly Traffic[];
  readonly #known = new Map<string, Behaviour>();

  constructor(subject: ParitySubject, pod: PodEndpoint, surroundings: PolicySurroundings, traffic: readonly Traffic[]) {
    this.#subject = subject;
    this.#pod = pod;
    this.#surroundings = surroundings;
    this.traffic = traffic;
    this.#aboutPeer = subject.applied.flatMap(({ section }) =>
      section.rules.flatMap(({ peers = [], conditions }) => [...peers, ...conditions.filter(({ own }) => !own)]),
    );
  }

  /** `named` tells peers apart whose named ports differ. */
  of(peer: PolicyEndpoint, family: Family, named = ""): Behaviour {
    const key = `${family} ${named} ${this.#signature(peer, family)}`;
    const before = this.#known.get(key);
    if (before) return before;
    const found = this.traffic.map((traffic) => this.#ruled(this.#question(peer, family, traffic)));
    this.#known.set(key, found);
    return found;
  }

  steps(peer: PolicyEndpoint, family: Family, traffic: Traffic): readonly PolicyStep[] {
    return stepsOf(this.#subject.applied, this.#question(peer, family, traffic));
  }

  /** Of the alternatives by which a rule met a peer the widest prefix: beside it the others say nothing. */
  widest(decided: DecidedBy, peer: PolicyEndpoint, family: Family, traffic: Traffic): DecidedBy {
    const question = this.#question(peer, family, traffic);
    const rules = this.#subject.applied
      .filter(({ policy }) => policy.ref === decided.policy)
      .flatMap(({ section }) => section.rules);
    const rule = rules.find(
      ({ path, peers = [] }) => path === decided.path || peers.some((one) => one.path === decided.path),
    );
    const met = (rule?.peers ?? []).filter(({ nets = [], matches }) => nets.length > 0 && matches(question) === true);
    const [widest] = met.sort((a, b) => (a.nets?.[0]?.length ?? 0) - (b.nets?.[0]?.length ?? 0));
    return widest ? { ...decided, path: widest.path, text: widest.text } : decided;
  }

  /** What each clause about peers says of this one: peers of which all say the same are ruled alike. */
  #signature(peer: PolicyEndpoint, family: Family): string {
    const question = this.#question(peer, family, this.traffic[0] as Traffic);
    let text = "";
    for (const clause of this.#aboutPeer) {
      if (clause.namespace !== undefined && (peer.kind !== "pod" || peer.namespace !== clause.namespace)) {
        text += "0";
        continue;
      }
      const truth = clause.matches(question);
      text += isUnknown(truth) ? `(${truth.unknown})` : truth ? "1" : "0";
    }
    return text;
  }

  #question(peer: PolicyEndpoint, family: Family, traffic: Traffic): PolicyQuestion {
    const { direction } = this.#subject;
    return {
      direction,
      subject: this.#pod,
      peer,
      family,
      ...sample(traffic, family),
      surroundings: this.#surroundings,
    };
  }

  #ruled(question: PolicyQuestion): Ruled {
    const { allowed, denied, doubt } = judgeQuestion(this.#subject.applied, question);
    if (doubt !== undefined) return { ruling: "unknown", because: doubt, rules: this.#met(question) };
    const decidedBy = (denied ?? allowed)?.step?.decidedBy;
    return { ruling: denied ? "denied" : "allowed", ...(decidedBy ? { decidedBy } : {}) };
  }

  #met(question: PolicyQuestion): string {
    const rules = this.#subject.applied.flatMap(({ section }) => section.rules);
    return rules.map((rule) => textOfTruth(matchRule(rule, question).match)).join();
  }
}

/** What is not known of one family alone, or not known in another way: why. */
export function unequalDoubt(one: Ruled, other: Ruled): string | undefined {
  if (one.ruling !== "unknown" && other.ruling !== "unknown") return undefined;
  return one.rules === other.rules ? undefined : (one.because ?? other.because);
}

/** Equal texts, equal behaviours. */
export function textOf(behaviour: Behaviour): string {
  return behaviour.map(({ ruling }) => ruling[0]).join("");
}

/** Of what nobody knows it matters which rule it is, and not of which address. */
function textOfTruth(truth: Truth): string {
  return isUnknown(truth) ? "?" : String(truth);
}
