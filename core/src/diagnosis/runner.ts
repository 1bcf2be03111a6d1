import { type Answer, type Cluster, type PodVantage, type Refusal, refused } from "../cluster.ts";
import { type ExecProbe, type Observation, type Question, type Vantage, vantageName } from "../probe.ts";
import { bundle, type Reading, readBundle } from "./bundle.ts";
import type { LookerOptions } from "./looker.ts";
import { observe } from "./observe.ts";
import { framedCat, type Strategy, strategies } from "./strategies.ts";

/** A question for a container. */
export type ExecQuestion = Question & { readonly probe: ExecProbe<unknown, unknown> };

/** How far the questions for one vantage have got. */
interface Outcome {
  readonly done: Observation[];
  open: readonly ExecQuestion[];
  /** The container asked last. */
  through: PodVantage | undefined;
  /** Why the open ones have no answer. */
  refusal: Refusal | undefined;
}

function nobodyThere(vantage: Vantage, tried: boolean): Refusal {
  const where = vantageName(vantage);
  if (!tried) return { reason: "not-running", message: `no running container stands in the network of ${where}` };
  const programs = strategies.map(({ name }) => name).join(", ");
  return { reason: "no-command", message: `no container in the network of ${where} has any of ${programs}` };
}

/** Runs bundles in containers, and remembers which strategy is of no use in which container. */
export class Runner {
  readonly #cluster: Cluster;
  readonly #options: LookerOptions;
  readonly #count: () => number;
  readonly #useless = new Map<string, Set<string>>();

  constructor(cluster: Cluster, options: LookerOptions, count: () => number) {
    this.#cluster = cluster;
    this.#options = options;
    this.#count = count;
  }

  async run(group: readonly ExecQuestion[]): Promise<Observation[]> {
    const [first] = group;
    if (!first) return [];
    const vantage = first.probe.vantage(first.args);
    const outcome: Outcome = { done: [], open: group, through: undefined, refusal: undefined };
    for (const container of this.#options.containers(vantage)) {
      const goOn = await this.#tryContainer(container, outcome);
      if (outcome.open.length === 0 || !goOn) break;
    }
    const { done, open, through, refusal } = outcome;
    const why = refusal ?? nobodyThere(vantage, through !== undefined);
    return [...done, ...open.map((one) => observe(this.#cluster.context, one, through, { ok: false, refusal: why }))];
  }

  /** Tries what the container may have; false if asking another container is useless too. */
  async #tryContainer(container: PodVantage, outcome: Outcome): Promise<boolean> {
    let candidates = strategies.filter(({ name }) => !this.#useless.get(key(container))?.has(name));
    while (outcome.open.length > 0) {
      const [strategy, ...others] = candidates;
      if (!strategy) return true;
      outcome.through = container;
      const reading = await this.#exec(container, strategy, outcome.open);
      candidates = others;
      if (reading.ok) {
        this.#settle(container, reading.value, outcome);
        const { interpreters } = reading.value;
        if (interpreters) candidates = others.filter(({ name }) => interpreters.includes(name));
      } else if (reading.refusal.reason !== "no-command") {
        outcome.refusal = reading.refusal;
        return false;
      }
    }
    return true;
  }

  /** An answer that only lacks a program may come from another strategy or another container of the pod. */
  #settle(through: PodVantage, reading: Reading, outcome: Outcome): void {
    const lacking: ExecQuestion[] = [];
    for (const one of outcome.open) {
      const answer = one.probe.read(reading, one.args);
      if (!answer.ok && answer.refusal.reason === "no-command") lacking.push(one);
      else outcome.done.push(observe(this.#cluster.context, one, through, answer));
      if (!answer.ok && lacking.includes(one)) outcome.refusal ??= answer.refusal;
    }
    outcome.open = lacking;
    if (lacking.length === 0) outcome.refusal = undefined;
  }

  async #exec(container: PodVantage, strategy: Strategy, questions: readonly ExecQuestion[]): Promise<Answer<Reading>> {
    const wants = bundle(questions.flatMap(({ probe, args }) => probe.wants(args)));
    const mark = `@${(this.#options.salt + this.#count() * 7919).toString(36)}@`;
    const argv = strategy.argv(mark, wants);
    const timeout = 20_000;
    const answer = await this.#cluster.run(container, argv, {
      timeout,
      ...(this.#options.signal ? { signal: this.#options.signal } : {}),
    });
    const failed = !answer.ok || (!strategy.filesOnly && !answer.value.stdout.includes(mark));
    if (failed) this.#forget(container, strategy);
    if (!answer.ok) return answer;
    if (failed)
      return refused(
        "no-command",
        `${strategy.name} ended with ${answer.value.exitCode}: ${answer.value.stderr.trim().slice(0, 200)}`,
      );
    const { stdout, stderr } = answer.value;
    const framed = strategy.filesOnly ? framedCat(mark, wants, stdout, stderr) : stdout;
    return { ok: true, value: readBundle(mark, framed, wants) };
  }

  #forget(container: PodVantage, strategy: Strategy): void {
    const names = this.#useless.get(key(container)) ?? new Set<string>();
    this.#useless.set(key(container), names.add(strategy.name));
  }
}

function key({ namespace, pod, container }: PodVantage): string {
  return `${namespace}/${pod}/${container}`;
}
