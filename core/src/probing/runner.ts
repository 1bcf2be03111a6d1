import {
  type AbortSignalLike,
  type Access,
  type Answer,
  type Cluster,
  type PodVantage,
  type Refusal,
  refused,
} from "../cluster/cluster.ts";
import { bundle, type Reading, readBundle } from "./bundle.ts";
import type { Container } from "./containers.ts";
import { observe } from "./observation.ts";
import { type ExecProbe, type Observation, type Question, type Vantage, vantageName } from "./probe.ts";
import { framedCat, type Strategy, started, strategiesFor } from "./strategies.ts";

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

/** Programs a container may turn out not to have before it is given up: most without a shell have nothing at all. */
const mostMissing = 2;

/** Runs bundles in containers, and remembers by their images which strategy is of no use, and which was. */
export class Runner {
  readonly #cluster: Cluster;
  readonly #options: LookerOptions;
  readonly #count: () => number;
  readonly #missing = new Map<string, Set<string>>();
  readonly #useful = new Map<string, string>();

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
    const why = refusal ?? this.#nobodyThere(vantage);
    return [...done, ...open.map((one) => observe(this.#cluster.context, one, through, { ok: false, refusal: why }))];
  }

  /** Tries what the container may have; false if asking another container is useless too. */
  async #tryContainer(container: Container, outcome: Outcome): Promise<boolean> {
    const missing = this.#missingIn(container);
    let candidates = this.#candidates(container);
    while (outcome.open.length > 0 && missing.size < mostMissing) {
      const [strategy, ...others] = candidates;
      if (!strategy) return true;
      outcome.through = { namespace: container.namespace, pod: container.pod, container: container.container };
      const reading = await this.#exec(container, strategy, outcome.open);
      candidates = others;
      if (reading.ok) {
        this.#settle(outcome.through, reading.value, outcome);
        if (outcome.open.length === 0) this.#useful.set(key(container), strategy.name);
        const { interpreters } = reading.value;
        if (interpreters) candidates = others.filter(({ name }) => interpreters.includes(name));
      } else if (reading.refusal.reason !== "no-command") {
        outcome.refusal = reading.refusal;
        return false;
      }
    }
    return true;
  }

  #candidates(container: Container): Strategy[] {
    const missing = this.#missingIn(container);
    const useful = this.#useful.get(key(container));
    const left = strategiesFor(container.image).filter(({ name }) => !missing.has(name));
    return [...left.filter(({ name }) => name === useful), ...left.filter(({ name }) => name !== useful)];
  }

  #missingIn(container: Container): Set<string> {
    const names = this.#missing.get(key(container)) ?? new Set<string>();
    this.#missing.set(key(container), names);
    return names;
  }

  #nobodyThere(vantage: Vantage): Refusal {
    const where = vantageName(vantage);
    const known = this.#options.nobody?.(vantage);
    const containers = this.#options.containers(vantage);
    const tried = [...new Set(containers.flatMap((container) => [...this.#missingIn(container)]))];
    if (tried.length === 0)
      return known ?? { reason: "not-running", message: `no running container stands in the network of ${where}` };
    const names = containers.slice(0, 3).map(({ container, image }) => `${container}, ${image || "image unknown"}`);
    const message = `no container in the network of ${where} has any of ${tried.join(", ")} (${names.join("; ")})`;
    return { reason: "no-command", message };
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

  async #exec(container: Container, strategy: Strategy, questions: readonly ExecQuestion[]): Promise<Answer<Reading>> {
    const wants = bundle(questions.flatMap(({ probe, args }) => probe.wants(args)));
    const mark = `@${(this.#options.salt + this.#count() * 7919).toString(36)}@`;
    const { argv, stdin } = started(strategy, mark, wants);
    const timeout = 20_000;
    const answer = await this.#cluster.run(container, argv, {
      timeout,
      ...(stdin === undefined ? {} : { stdin }),
      ...(this.#options.signal ? { signal: this.#options.signal } : {}),
    });
    const failed = !answer.ok || (!strategy.filesOnly && !answer.value.stdout.includes(mark));
    if (failed && (answer.ok || answer.refusal.reason === "no-command")) this.#missingIn(container).add(strategy.name);
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
}

/** Containers of one image have the same programs. */
function key({ namespace, pod, container, image }: Container): string {
  return image || `${namespace}/${pod}/${container}`;
}

export interface LookerOptions {
  /** Nothing above this level is asked. */
  readonly access: Access;
  readonly signal?: AbortSignalLike;
  /** The running containers that stand in the network of a vantage, the best first. */
  containers(vantage: Vantage): readonly Container[];
  /** Why there is none, where somebody knows. */
  nobody?(vantage: Vantage): Refusal | undefined;
  onAsking?(asking: string, vantage: string): void;
  /** Makes the mark of every exec hard to guess for a file that wants to forge a record. */
  readonly salt: number;
}
