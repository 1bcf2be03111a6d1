import type { Answer, Cluster, Refusal, RunResult } from "../cluster/cluster.ts";
import { bundle, type Reading, readBundle, type Want } from "./bundle.ts";
import { longSilence } from "./company.ts";
import type { Container } from "./containers.ts";
import type { Hold, LookerOptions, WithinHold } from "./looking.ts";
import { newMark } from "./mark.ts";
import { beyondMesh } from "./mesh.ts";
import { observe } from "./observation.ts";
import { type ExecQuestion, type Observation, type Vantage, vantageName } from "./probe.ts";
import { type Room, tooLittle, unknownRoom } from "./room.ts";
import { asksRules, type RulesRead, rulesRead, withNftFirst } from "./rules-of.ts";
import { framedCat, type Strategy, shell, started, strategiesFor } from "./strategies.ts";
import { silent, whyUnfinished } from "./unfinished.ts";
import { whyUnseen } from "./visible.ts";
import { dials } from "./want.ts";
import { aimless, withoutDial } from "./without-dial.ts";

/** How far the questions for one vantage have got. */
interface Outcome {
  readonly done: Observation[];
  open: readonly ExecQuestion[];
  /** The container asked last. */
  through: Container | undefined;
  /** Why the open ones have no answer. */
  refusal: Refusal | undefined;
}

/** What of the open questions a container can answer at all. */
function askable({ outpost }: Container, open: readonly ExecQuestion[]): readonly ExecQuestion[] {
  return open.filter(({ probe, args }) => whyUnseen(probe.wants(args), outpost) === undefined);
}

/** Programs a container may turn out not to have before it is given up: most without a shell have nothing at all. */
const mostMissing = 2;
const patient: readonly Want[] = [{ op: "silence", seconds: longSilence / 1000 }];
/** Milliseconds. */
const timeout = 30_000;

/** Runs bundles in containers, and remembers by their images which strategy is of no use, and which was. */
export class Runner {
  readonly #cluster: Cluster;
  readonly #options: LookerOptions;
  readonly #count: () => void;
  readonly #missing = new Map<string, Set<string>>();
  readonly #useful = new Map<string, string>();
  readonly #rooms = new Map<string, Room>();
  /** Of each vantage; they are asked after more than once. */
  readonly #rules = new Map<string, RulesRead>();

  constructor(cluster: Cluster, options: LookerOptions, count: () => void) {
    this.#cluster = cluster;
    this.#options = options;
    this.#count = count;
  }

  async run(group: readonly ExecQuestion[], turn?: Hold | WithinHold): Promise<Observation[]> {
    const [first] = group;
    if (!first) return [];
    const vantage = first.probe.vantage(first.args);
    const outcome: Outcome = { done: [], open: group, through: undefined, refusal: undefined };
    const rules = asksRules(group);
    const known = rules ? this.#rules.get(vantageName(vantage)) : undefined;
    if (known) this.#settle(known.container, known.reading, outcome, group);
    const containers = this.#options.containers(vantage);
    for (const container of rules ? withNftFirst(containers) : containers) {
      if (outcome.open.length === 0) break;
      const goOn = await this.#tryContainer(container, outcome, turn);
      if (!goOn) break;
    }
    const { done, open, through, refusal } = outcome;
    const why = refusal ?? this.#nobodyThere(vantage);
    return [...done, ...open.map((one) => this.#refused(one, through, this.#unseen(one) ?? why))];
  }

  #refused(one: ExecQuestion, through: Container | undefined, refusal: Refusal): Observation {
    return observe(this.#cluster.context, one, through, { ok: false, refusal });
  }

  /** What none of ours shows, though it is there to look: the level that would is named. */
  #unseen({ probe, args }: ExecQuestion): Refusal | undefined {
    const containers = this.#options.containers(probe.vantage(args));
    const refusals = containers.flatMap(({ outpost }) => whyUnseen(probe.wants(args), outpost) ?? []);
    return refusals[0];
  }

  /** Tries what the container may have; false if asking another container is useless too. */
  async #tryContainer(container: Container, outcome: Outcome, turn: Hold | WithinHold | undefined): Promise<boolean> {
    const missing = this.#missingIn(container);
    let candidates = this.#candidates(container);
    while (missing.size < mostMissing) {
      this.#refuseLate(outcome);
      if (outcome.open.length === 0) break;
      const [strategy, ...others] = candidates;
      const asked = askable(container, outcome.open);
      if (!strategy || asked.length === 0) return true;
      outcome.through = container;
      const exec = (more: readonly Want[]) => this.#exec(container, strategy, asked, turn, more);
      let reading = this.#noRoom(container, strategy) ?? (await exec([]));
      // A connection that was silent once may be so by chance, or because this machine is busy.
      if (!reading.ok && reading.refusal.message.startsWith(silent)) reading = await exec(patient);
      candidates = others;
      if (reading.ok) {
        this.#settle(container, reading.value, outcome, asked);
        const rules = rulesRead(container, reading.value);
        const [one] = asked;
        if (rules && one) this.#rules.set(vantageName(one.probe.vantage(one.args)), rules);
        if (!outcome.open.some((one) => asked.includes(one))) this.#useful.set(key(container), strategy.name);
        const { interpreters } = reading.value;
        if (interpreters) candidates = others.filter(({ name }) => interpreters.includes(name));
      } else if (reading.refusal.reason !== "no-command") {
        outcome.refusal = reading.refusal;
        // Another container of the pod has room of its own.
        return reading.refusal.reason === "no-room";
      }
    }
    return true;
  }

  /** A second container, asked for what the first lacks, comes after the dials. */
  #refuseLate(outcome: Outcome): void {
    const late = withoutDial(outcome.open);
    const { through, refusal = aimless } = outcome;
    outcome.done.push(...late.map((one) => this.#refused(one, through, refusal)));
    outcome.open = outcome.open.filter((one) => !late.includes(one));
  }

  /** Where memory is limited, a shell or cat comes first: only from inside can be seen how much of it is left. */
  #candidates(container: Container): Strategy[] {
    const missing = this.#missingIn(container);
    const useful = this.#useful.get(key(container));
    const careful = container.limited && !this.#rooms.has(placeOf(container));
    const first = ({ name, needs }: Strategy) => (careful ? needs === 0 : name === useful);
    // Only the shell's program knows how to look into another container.
    const known = container.outpost?.within === undefined ? strategiesFor(container.image) : [shell];
    const left = known.filter(({ name }) => !missing.has(name) && !(container.preloads && name === "node"));
    return [...left.filter(first), ...left.filter((one) => !first(one))];
  }

  /** A large program is started only where it is known that the application will not have to die for it. */
  #noRoom(container: Container, { name, needs }: Strategy): { ok: false; refusal: Refusal } | undefined {
    const room = this.#rooms.get(placeOf(container));
    if (needs === 0 || (!room && !container.limited)) return undefined;
    const refusal = room ? tooLittle(container, room, needs) : unknownRoom(container, name);
    return refusal && { ok: false, refusal };
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

  /** An answer that only lacks a program, or room for it, may come from another strategy or another container of the pod. */
  #settle(through: Container, reading: Reading, outcome: Outcome, asked: readonly ExecQuestion[]): void {
    const lacking = outcome.open.filter((one) => !asked.includes(one));
    const unseen = lacking.length;
    for (const one of asked) {
      const answer = beyondMesh(one.probe.read(reading, one.args), one.probe.wants(one.args), through.mesh);
      if (!answer.ok && isLack(answer.refusal)) lacking.push(one);
      else outcome.done.push(observe(this.#cluster.context, one, through, answer));
      if (!answer.ok && lacking.includes(one)) outcome.refusal ??= answer.refusal;
    }
    outcome.open = lacking;
    if (lacking.length === unseen) outcome.refusal = undefined;
  }

  async #exec(
    container: Container,
    strategy: Strategy,
    questions: readonly ExecQuestion[],
    turn: Hold | WithinHold | undefined,
    more: readonly Want[],
  ): Promise<Answer<Reading>> {
    const hold = turn && "until" in turn ? turn : undefined;
    const asked = [...more, ...questions.flatMap(({ probe, args }) => probe.wants(args))];
    const after = turn && "after" in turn && asked.some(dials) ? turn.after : undefined;
    const wants = bundle(after ? [{ op: "await" }, ...asked] : asked);
    const mark = newMark();
    const { argv, stdin } = started(strategy, mark, wants, container.outpost);
    let waiting = after !== undefined;
    after?.then(() => (waiting = false));
    this.#count();
    const answer = await this.#cluster.run(container, argv, {
      timeout,
      ...(stdin === undefined
        ? {}
        : { stdin, company: { ...(hold ? { until: hold.until } : {}), ...(after ? { after } : {}) } }),
      ...(hold ? { onOutput: (stdout: string) => void (stdout.includes(`${mark} W `) && hold.holding()) } : {}),
      ...(this.#options.signal ? { signal: this.#options.signal } : {}),
    });
    if (!answer.ok && answer.refusal.reason === "timeout" && waiting) {
      // It was given up for others, who did not get ready.
      await after;
      return this.#exec(container, strategy, questions, undefined, more);
    }
    const reading = answer.ok ? readingOf(answer.value, strategy, mark, wants) : answer;
    if (!reading.ok && reading.refusal.reason === "no-command") this.#missingIn(container).add(strategy.name);
    if (!reading.ok || !reading.value.room) return reading;
    this.#rooms.set(placeOf(container), reading.value.room);
    const refusal = tooLittle(container, reading.value.room);
    return refusal ? { ok: false, refusal } : reading;
  }
}

function readingOf(result: RunResult, strategy: Strategy, mark: string, wants: readonly Want[]): Answer<Reading> {
  const { stdout, stderr } = result;
  if (strategy.filesOnly) return { ok: true, value: readBundle(mark, framedCat(mark, wants, stdout, stderr), wants) };
  const refusal = whyUnfinished(result, mark, strategy.name);
  return refusal ? { ok: false, refusal } : { ok: true, value: readBundle(mark, stdout, wants) };
}

function isLack({ reason }: Refusal): boolean {
  return reason === "no-command" || reason === "no-room";
}

/** Containers of one image have the same programs. */
function key(container: Container): string {
  const { prefix = [], within = "" } = container.outpost ?? {};
  return [container.image || placeOf(container), ...prefix, within].filter(Boolean).join(" ");
}

function placeOf({ namespace, pod, container }: Container): string {
  return `${namespace}/${pod}/${container}`;
}
