import type { Answer } from "../cluster/cluster.ts";
import { type Question, questionId } from "../probing/probe.ts";

/** Answers by their question. */
export class Answers {
  readonly #byId: ReadonlyMap<string, Answer<unknown>>;

  constructor(questions: readonly Question[], answers: readonly Answer<unknown>[]) {
    this.#byId = new Map(questions.map((one, index) => [questionId(one), answers[index] as Answer<unknown>]));
  }

  of<V>(one: Question<V>): Answer<V> | undefined {
    return this.#byId.get(questionId(one)) as Answer<V> | undefined;
  }
}
