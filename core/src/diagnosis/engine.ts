import type { AbortSignalLike, Answer } from "../cluster/cluster.ts";
import { refused } from "../cluster/cluster.ts";
import type { Scene } from "../judging/scene.ts";
import type { Looker } from "../probing/looker.ts";
import {
  type Asking,
  type Observation,
  type Question,
  questionId,
  type Vantage,
  vantageName,
  whereAsked,
} from "../probing/probe.ts";
import { questionsOnFailure } from "./always-asked.ts";

/** Asks each question once, the API before any container, and remembers every answer. */
export class Engine {
  readonly #looker: Looker;
  readonly #signal: AbortSignalLike | undefined;
  readonly #known = new Map<string, Observation>();
  /** Set once the subject is resolved; from then on one exec answers all a vantage is ever asked. */
  scene: Scene | undefined;

  constructor(looker: Looker, signal: AbortSignalLike | undefined) {
    this.#looker = looker;
    this.#signal = signal;
  }

  /** Everything observed so far, in the order it was asked. */
  get observations(): readonly Observation[] {
    return [...this.#known.values()];
  }

  get cancelled(): boolean {
    return this.#signal?.aborted === true;
  }

  knows(question: Question): boolean {
    return this.#known.has(questionId(question));
  }

  /** A recording answers only what was asked then. */
  mayAsk(question: Question): boolean {
    return this.#looker.has?.(question) ?? true;
  }

  /** Nothing is asked of a cluster. */
  get replays(): boolean {
    return this.#looker.has !== undefined;
  }

  /** undefined: it was not asked. */
  answerTo(question: Question): Answer<unknown> | undefined {
    return this.#known.get(questionId(question))?.answer;
  }

  answers(questions: readonly Question[]): Answer<unknown>[] {
    return questions.map((question) => this.#known.get(questionId(question))?.answer ?? notAsked(question));
  }

  /** Drops what could not be seen at a place that was given up, but for the question that decided it. */
  forget(vantage: Vantage, kept: Question): void {
    const name = vantageName(vantage);
    for (const [id, observation] of this.#known)
      if (vantageName(observation.vantage) === name && id !== questionId(kept)) this.#known.delete(id);
  }

  /** Runs one line of questions to its end. */
  async run<T>(asking: Asking<T>): Promise<T> {
    let step = asking.next([]);
    while (!step.done) {
      const questions = step.value;
      while (!this.cancelled && questions.some((question) => !this.knows(question))) await this.fetch(questions);
      step = asking.next(this.answers(questions));
    }
    return step.value;
  }

  /** Looks at the cheapest part of what is wanted and not known: first the API, then the first group of vantages. */
  async fetch(wanted: readonly Question[]): Promise<void> {
    const open = wanted.filter((question) => !this.knows(question));
    const api = open.filter(({ probe }) => probe.access === "api");
    const batch = api.length > 0 ? api : this.#together(open);
    const distinct = [...new Map(batch.map((question) => [questionId(question), question])).values()];
    for (const observation of await this.#looker.look(distinct)) this.#known.set(observation.id, observation);
    // What a looker leaves out would be asked for ever.
    for (const question of distinct)
      if (!this.knows(question)) this.#known.set(questionId(question), unanswered(question));
  }

  #together(open: readonly Question[]): Question[] {
    const joint = open.filter((question) => meeting(question) !== undefined);
    if (joint.length === open.length) return joint.filter((one) => meeting(one) === meeting(joint[0]));
    return this.#nearest(open.filter((question) => !joint.includes(question)));
  }

  #nearest(open: readonly Question[]): Question[] {
    const named = open.map((question) => vantageName(belonging(question)));
    const groups: readonly (readonly Vantage[])[] = this.scene?.order ?? [];
    const group = groups.find((vantages) => vantages.some((vantage) => named.includes(vantageName(vantage))));
    if (!group) return open.filter((_, index) => named[index] === named[0]);
    const names = group.map(vantageName);
    const pending = open.filter((_, index) => names.includes(named[index] ?? ""));
    // The first group is looked at as one, so that counters on the node surround the dials of its pod.
    const wholly = group === groups[0] ? group : group.filter((vantage) => named.includes(vantageName(vantage)));
    const standing = wholly.flatMap((vantage) => this.scene?.standing(vantage) ?? []);
    const more = wholly.filter((vantage) => this.#isForFailure(vantage, group === groups[0]));
    const asked = [...standing, ...more.flatMap(questionsOnFailure)];
    return [...pending, ...asked.filter((question) => !this.knows(question))];
  }

  /** A second look, or one at a node beyond the source's own. */
  #isForFailure(vantage: Vantage, isFirst: boolean): boolean {
    const seen = this.scene?.standing(vantage).every((question) => this.knows(question));
    return seen === true || (!isFirst && vantage.kind === "node");
  }
}

/** What has to be looked at in one moment, such as a dial and the nodes it passes; it is looked at last, when the rest was not enough. */
function meeting(question: Question | undefined): string | undefined {
  return (question?.args as { readonly together?: string } | undefined)?.together;
}

/** Where a question belongs: to its vantage, or a dial to the node whose counters are read around it. */
function belonging(question: Question): Vantage {
  const { during } = question.args as { readonly during?: string };
  return during === undefined ? whereAsked(question) : { kind: "node", node: during };
}

function notAsked(question: Question): Answer<unknown> {
  return refused("cancelled", `${question.probe.asks(question.args)} was not asked any more`);
}

function unanswered(question: Question): Observation {
  const { probe, args } = question;
  const answer = refused("failed", `${probe.asks(args)} was asked and not answered`);
  const { id, access } = probe;
  return {
    id: questionId(question),
    probe: id,
    args,
    access,
    vantage: whereAsked(question),
    asked: probe.asks(args),
    command: "",
    answer,
    line: answer.refusal.message,
  };
}
