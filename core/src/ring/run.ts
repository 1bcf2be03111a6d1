import type { Family } from "../addresses/address.ts";
import type { AbortSignalLike, Answer, Cluster, KubeObject } from "../cluster/cluster.ts";
import { answered, refused } from "../cluster/cluster.ts";
import type { RunRecord, Workloads } from "../cluster/workloads.ts";
import { keeperJob, listeners as listenersBody, type Where, whereFor } from "./bodies.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { designRing, type RingPlace, randomFrom } from "./design.ts";
import type { NodeNotLooked } from "./eligible.ts";
import { locate, type RingFinding } from "./locate.ts";
import { nextDials } from "./narrow.ts";
import type { RingListener, RingPair } from "./plan.ts";
import { type RingPod, ringPods } from "./pods.ts";
import type { RingDial } from "./results.ts";
import { dialRound } from "./round.ts";
import { type Clock, untilReady, type Within } from "./wait.ts";

export interface RingOptions {
  readonly run: RunRecord;
  readonly places: readonly RingPlace[];
  /** Nodes that are not looked at: no pod gets there. */
  readonly not: readonly NodeNotLooked[];
  readonly partners: number;
  readonly seed: number;
  readonly tainted: boolean;
  /** The places are some of the nodes that there are: pods get to no other. */
  readonly chosen: boolean;
  /** Seconds for all of it. */
  readonly within: number;
  readonly clock: Clock;
  readonly signal: AbortSignalLike;
  /** What is being done, for a line that the next one replaces. */
  progress(words: string): void;
}

/** What a ring of dials has shown. */
export interface RingResult {
  readonly findings: readonly RingFinding[];
  /** Each that was made, later rounds last. */
  readonly dials: readonly RingDial[];
  readonly not: readonly NodeNotLooked[];
  /** Nodes whose pod listened. */
  readonly listened: number;
  /** By the first round, of each family that was dialled. */
  readonly coverage: Readonly<Partial<Record<Family, Coverage>>>;
  readonly rounds: number;
  readonly seed: number;
  /** Why it ended before it was through: completes "it ended early, because ". */
  readonly early?: string;
}

/** Rounds that narrow down what fails; each takes a DaemonSet of its own. */
const mostRounds = 5;

/**
 * Lets every node listen and dial its partners around a ring, then those again that failed, with others around them, until what they
 * have in common no longer changes. All of it is created through `workloads`, for the caller to remove.
 */
export async function runRing(
  cluster: Cluster,
  workloads: Workloads,
  options: RingOptions,
): Promise<Answer<RingResult>> {
  const { run, places, clock, signal, progress, seed } = options;
  const within: Within = { clock, signal, until: clock.now() + options.within * 1000 };
  const begun = workloads.begin(run);
  if (!begun.ok) return begun;
  // What was sent is waited for even where nobody wants it any more: else it could come after all was removed.
  const owner = await workloads.create(run, "Job", keeperJob(run));
  if (!owner.ok) return owner;
  const where = whereOf(options, places, options.not);
  const made = await workloads.create(run, "DaemonSet", listenersBody(run, owner.value, where));
  if (!made.ok) return made;
  progress(`waiting for ${places.length} pods to listen`);
  const waited = await untilReady(cluster, made.value, places.length, within, (ready) =>
    progress(`${ready} of ${places.length} pods listen`),
  );
  if (!waited.ok) return waited;
  const found = await ringPods(cluster, run, "listen", signal);
  if (!found.ok) return found;
  const asked = listening(places, found.value);
  const not = [...options.not, ...asked.not];
  const known = asked.listeners.map(({ place }) => place);
  const random = randomFrom(seed);
  const ring = designRing(known, options.partners, random);
  const state: State = { cluster, workloads, options, owner: owner.value, listeners: asked.listeners, within };
  const first = ring.pairs.flatMap(([a, b]): RingPair[] => [
    [a, b],
    [b, a],
  ]);
  let round =
    first.length === 0
      ? answered<Round>({ dials: [], not: [] })
      : await oneRound(state, 1, first, whereOf(options, known, not));
  if (!round.ok) return round;
  let dials = round.value.dials;
  const coverage = coverages(asked.listeners, dials);
  const lost = new Map([...not, ...round.value.not].map((one) => [one.node, one]));
  let findings = locate(known, dials);
  let rounds = 1;
  for (let stable = false; findings.length > 0 && !stable && rounds < mostRounds && !isOver(within); rounds++) {
    progress(`round ${rounds + 1}: narrowing down ${findings.length} of what fails`);
    const next = nextDials(known, dials, findings, random);
    if (next.length === 0) break;
    round = await oneRound(state, rounds + 1, next, { only: sourcesOf(state, next), tainted: options.tainted });
    if (!round.ok) break;
    dials = [...dials, ...round.value.dials];
    const before = scopesIn(findings);
    findings = locate(known, dials);
    stable = scopesIn(findings) === before;
  }
  const early = signal.aborted
    ? "it was cancelled"
    : isOver(within)
      ? `its ${options.within} s were over`
      : round.ok
        ? undefined
        : round.refusal.message;
  const silent = [...lost.values()];
  return answered({
    findings,
    dials,
    not: silent,
    listened: known.length,
    coverage,
    rounds,
    seed,
    ...(early ? { early } : {}),
  });
}

function whereOf(options: RingOptions, places: readonly RingPlace[], not: readonly NodeNotLooked[]): Where {
  const names = (all: readonly { readonly node: string }[]) => all.map(({ node }) => node);
  return whereFor(names(places), names(not), options);
}

interface State {
  readonly cluster: Cluster;
  readonly workloads: Workloads;
  readonly options: RingOptions;
  readonly owner: KubeObject;
  readonly listeners: readonly PlacedListener[];
  readonly within: Within;
}

interface PlacedListener extends RingListener {
  readonly place: RingPlace;
}

interface Round {
  readonly dials: readonly RingDial[];
  readonly not: readonly NodeNotLooked[];
}

async function oneRound(
  state: State,
  number: number,
  dials: readonly RingPair[],
  where: Where,
): Promise<Answer<Round>> {
  const { cluster, workloads, options, owner, listeners, within } = state;
  if (within.signal.aborted) return refused("cancelled", "It was cancelled.");
  return dialRound({ cluster, workloads, run: options.run, owner, within, progress: options.progress }, number, {
    listeners,
    dials,
    where,
  });
}

function listening(places: readonly RingPlace[], pods: readonly RingPod[]) {
  const byNode = new Map(pods.map((pod) => [pod.node, pod]));
  const listeners: PlacedListener[] = [];
  const not: NodeNotLooked[] = [];
  for (const place of places) {
    const pod = byNode.get(place.node);
    if (pod?.ready) listeners.push({ node: place.node, pod: pod.name, addresses: pod.addresses, place });
    else
      not.push({ node: place.node, why: pod ? `its pod did not come to run: ${pod.why}` : "no pod was made for it" });
  }
  return { listeners, not };
}

function sourcesOf({ listeners }: State, dials: readonly RingPair[]): string[] {
  return [...new Set(dials.flatMap(([from]) => listeners[from]?.node ?? []))];
}

/** Of each family that was dialled, by the nodes whose pods have an address of it and the pairs that were dialled from both ends. */
function coverages(listeners: readonly PlacedListener[], dials: readonly RingDial[]): RingResult["coverage"] {
  const families = (["IPv6", "IPv4"] as const).map((family) => {
    const places = listeners.filter(({ addresses }) => addresses[family] !== undefined).map(({ place }) => place);
    const indexOf = new Map(places.map(({ node }, index) => [node, index]));
    const made = new Set(dials.filter((dial) => dial.family === family).map(({ from, to }) => `${from} ${to}`));
    const pairs = dials.flatMap((dial): (readonly [number, number])[] => {
      const [a, b] = [indexOf.get(dial.from), indexOf.get(dial.to)];
      const once = dial.family === family && a !== undefined && b !== undefined && a < b;
      return once && made.has(`${dial.to} ${dial.from}`) ? [[a, b]] : [];
    });
    return [family, pairs.length === 0 ? undefined : coverageOf(places, pairs)] as const;
  });
  return Object.fromEntries(families.filter(([, coverage]) => coverage !== undefined));
}

function scopesIn(findings: readonly RingFinding[]): string {
  return findings
    .map(({ family, scope }) => JSON.stringify([family, scope]))
    .sort()
    .join();
}

function isOver({ clock, until, signal }: Within): boolean {
  return signal.aborted || clock.now() >= until;
}
