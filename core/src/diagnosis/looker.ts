import {
  type AbortSignalLike,
  type Access,
  type Answer,
  accessLevels,
  type Cluster,
  type PodVantage,
  type Refusal,
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
  return runner.run(group as readonly ExecQuestion[]);
}

async function askApi(
  cluster: Cluster,
  options: LookerOptions,
  question: Question & { probe: ApiProbe<unknown, unknown> },
): Promise<Observation> {
  const answer = await question.probe.look(cluster, question.args, options.signal);
  return observe(cluster.context, question, undefined, answer);
}

type ExecQuestion = Question & { readonly probe: ExecProbe<unknown, unknown> };

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
