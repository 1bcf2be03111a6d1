import {
  type AbortSignalLike,
  type Access,
  type Answer,
  accessLevels,
  type Cluster,
  type PodVantage,
  refused,
} from "../cluster.ts";
import {
  type ApiProbe,
  type ExecProbe,
  type Observation,
  type Question,
  questionId,
  type Vantage,
  vantageName,
} from "../probe.ts";
import { bundle, type Reading, readBundle } from "./bundle.ts";
import { execArgs, kubectlLine } from "./kubectl.ts";
import { framedCat, type Strategy, strategies } from "./strategies.ts";

/** Answers questions: a live cluster does, and so does a recording. */
export interface Looker {
  /** One observation a question, in the same order. Questions for one vantage travel together, vantages side by side. */
  look(questions: readonly Question[]): Promise<readonly Observation[]>;
  /** How often a program was started in a container so far. */
  readonly execs: number;
}

export interface LookerOptions {
  /** Nothing above this level is asked. */
  readonly access: Access;
  readonly signal?: AbortSignalLike;
  /** The running containers that stand in the network of a vantage, the best first. */
  containers(vantage: Vantage): readonly PodVantage[];
  onAsking?(asking: string, vantage: string): void;
  /** Makes the mark of every exec hard to guess for a file that wants to forge a record. */
  readonly salt: number;
}

/** Looks at a live cluster through its port. Never rejects: not being able to look is an answer. */
export function liveLooker(cluster: Cluster, options: LookerOptions): Looker {
  let execs = 0;
  const runner = new Runner(cluster, options, () => execs++);
  return {
    get execs() {
      return execs;
    },
    async look(questions) {
      const groups = [...Map.groupBy(questions, (question) => groupOf(question)).values()];
      const looked = await Promise.all(groups.map((group) => lookTogether(cluster, options, runner, group)));
      const found = new Map(looked.flat().map((observation) => [observation.id, observation]));
      return questions.flatMap((question) => found.get(questionId(question)) ?? []);
    },
  };
}

/** Answers from what was observed before; what is not among it could not be looked at. */
export function replayLooker(observations: readonly Observation[]): Looker {
  const known = new Map(observations.map((observation) => [observation.id, observation]));
  return {
    execs: 0,
    look: async (questions) => questions.map((question) => known.get(questionId(question)) ?? missing(question)),
  };
}

function missing(question: Question): Observation {
  const answer = refused("not-found", `${question.probe.asks(question.args)} is not in the recording`);
  return observe("", question, undefined, answer);
}

/** Questions for the API go one by one, side by side; questions for one container go together. */
function groupOf(question: Question): string {
  const { probe, args } = question;
  return probe.access === "api" ? questionId(question) : vantageName(probe.vantage(args));
}

async function lookTogether(
  cluster: Cluster,
  options: LookerOptions,
  runner: Runner,
  group: readonly Question[],
): Promise<Observation[]> {
  const [first] = group;
  if (!first) return [];
  const { probe } = first;
  const vantage = probe.access === "api" ? "the API" : vantageName(probe.vantage(first.args));
  options.onAsking?.(group.map(({ probe: each, args }) => each.asks(args)).join(", "), vantage);
  if (accessLevels.indexOf(probe.access) > accessLevels.indexOf(options.access)) {
    const answer = refused("unsupported", `needs ${probe.access}, and only ${options.access} was allowed`);
    return group.map((question) => observe(cluster.context, question, undefined, answer));
  }
  if (probe.access === "api")
    return [await askApi(cluster, options, first as Question & { probe: ApiProbe<unknown, unknown> })];
  return runner.run(group as readonly (Question & { probe: ExecProbe<unknown, unknown> })[]);
}

async function askApi(
  cluster: Cluster,
  options: LookerOptions,
  question: Question & { probe: ApiProbe<unknown, unknown> },
): Promise<Observation> {
  const answer = await question.probe.look(cluster, question.args, options.signal);
  return observe(cluster.context, question, undefined, answer);
}

/** Remembers which strategy works in which container. */
class Runner {
  readonly #cluster: Cluster;
  readonly #options: LookerOptions;
  readonly #count: () => number;
  readonly #useless = new Map<string, Set<string>>();

  constructor(cluster: Cluster, options: LookerOptions, count: () => number) {
    this.#cluster = cluster;
    this.#options = options;
    this.#count = count;
  }

  async run(group: readonly (Question & { probe: ExecProbe<unknown, unknown> })[]): Promise<Observation[]> {
    const [first] = group;
    if (!first) return [];
    const vantage = first.probe.vantage(first.args);
    const candidates = this.#options.containers(vantage);
    let open: readonly (typeof group)[number][] = group;
    const done: Observation[] = [];
    let last: Answer<Reading> = refused(
      "not-running",
      `no running container stands in the network of ${vantageName(vantage)}`,
    );
    let through: PodVantage | undefined;
    attempts: for (const container of candidates) {
      for (const strategy of strategies) {
        if (this.#useless.get(key(container))?.has(strategy.name)) continue;
        last = await this.#exec(container, strategy, open);
        through = container;
        if (last.ok) {
          const { settled, unsettled } = this.#settle(container, last.value, open);
          done.push(...settled);
          open = unsettled;
          if (open.length === 0) return done;
        } else if (last.refusal.reason !== "no-command") break attempts;
      }
    }
    return [...done, ...open.map((question) => this.#giveUp(question, through, last))];
  }

  /** An answer that only lacks a program may come from another strategy or another container of the pod. */
  #settle<Q extends Question & { probe: ExecProbe<unknown, unknown> }>(
    through: PodVantage,
    reading: Reading,
    open: readonly Q[],
  ) {
    const settled: Observation[] = [];
    const unsettled: Q[] = [];
    for (const question of open) {
      const answer = question.probe.read(reading, question.args);
      if (!answer.ok && answer.refusal.reason === "no-command") unsettled.push(question);
      else settled.push(observe(this.#cluster.context, question, through, answer));
    }
    return { settled, unsettled };
  }

  #giveUp(
    question: Question & { probe: ExecProbe<unknown, unknown> },
    through: PodVantage | undefined,
    last: Answer<Reading>,
  ): Observation {
    const answer = last.ok ? question.probe.read(last.value, question.args) : last;
    return observe(this.#cluster.context, question, through, answer);
  }

  async #exec(
    container: PodVantage,
    strategy: Strategy,
    questions: readonly (Question & { probe: ExecProbe<unknown, unknown> })[],
  ): Promise<Answer<Reading>> {
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

function observe(
  context: string,
  question: Question,
  through: PodVantage | undefined,
  answer: Answer<unknown>,
): Observation {
  const { probe, args } = question;
  const typed = probe.types(args, answer.ok ? answer.value : undefined);
  return {
    id: questionId(question),
    probe: probe.id,
    args,
    access: probe.access,
    vantage: probe.access === "api" ? { kind: "api" } : probe.vantage(args),
    ...(through ? { through } : {}),
    asked: probe.asks(args),
    command: kubectlLine(context, probe.access === "exec" ? execArgs(through, typed) : typed),
    answer,
    line: answer.ok ? probe.line(answer.value, args) : `could not look: ${answer.refusal.message}`,
  };
}
