import { accessLevels, type Cluster, refused } from "../cluster/cluster.ts";
import type { Hold, LookerOptions, WithinHold } from "./looking.ts";
import { observe } from "./observation.ts";
import {
  type ApiProbe,
  type ExecQuestion,
  type HereProbe,
  type Observation,
  type Question,
  questionId,
  vantageName,
  whereAsked,
} from "./probe.ts";
import { Runner } from "./runner.ts";

/** Answers questions: a live cluster does, and so does a recording. */
export interface Looker {
  /** One observation a question, in the same order. Questions for one vantage travel together, vantages side by side. */
  look(questions: readonly Question[]): Promise<readonly Observation[]>;
  /** How often a program was started in a container so far. */
  readonly execs: number;
  /** Of a recording: whether it holds the answer. */
  has?(question: Question): boolean;
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
      const groups = [...Map.groupBy(questions, groupOf).values()];
      const looked = await around(groups, (group, turn) => lookTogether(cluster, options, runner, group, turn));
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
    has: (question) => known.has(questionId(question)),
    look: async (questions) => questions.map((question) => known.get(questionId(question)) ?? missing(question)),
  };
}

function missing(question: Question): Observation {
  const answer = refused("not-found", `${question.probe.asks(question.args)} is not in the recording`);
  return observe("", question, undefined, answer);
}

/**
 * What is held open surrounds the rest: its "before" is read before the first packet of the others leaves, and its "after" when
 * all of them are done. All begin at once; whoever sends packets reads files meanwhile.
 */
async function around(
  groups: readonly (readonly Question[])[],
  look: (group: readonly Question[], turn?: Hold | WithinHold) => Promise<Observation[]>,
): Promise<Observation[][]> {
  const [open, others] = [groups.filter(isHeld), groups.filter((group) => !isHeld(group))];
  const { promise: until, resolve: end } = Promise.withResolvers<void>();
  const begun: Promise<void>[] = [];
  const windows = open.map((group) => {
    const { promise, resolve: holding } = Promise.withResolvers<void>();
    begun.push(promise);
    return look(group, { until, holding }).finally(holding);
  });
  const turn = open.length > 0 ? { after: Promise.all(begun) } : undefined;
  const inside = await Promise.all(others.map((group) => look(group, turn)));
  end();
  return [...(await Promise.all(windows)), ...inside];
}

function isHeld(group: readonly Question[]): boolean {
  return group.some(({ probe, args }) => probe.access === "exec" && probe.wants(args).some(({ op }) => op === "hold"));
}

/** Questions for the API and for this machine go one by one, side by side; questions for one container go together. */
function groupOf(question: Question): string {
  return question.probe.access === "exec" ? vantageName(whereAsked(question)) : questionId(question);
}

async function lookTogether(
  cluster: Cluster,
  options: LookerOptions,
  runner: Runner,
  group: readonly Question[],
  turn?: Hold | WithinHold,
): Promise<Observation[]> {
  const [first] = group;
  if (!first) return [];
  const { probe } = first;
  options.onAsking?.(group.map(({ probe: each, args }) => each.asks(args)).join(", "), vantageName(whereAsked(first)));
  if (probe.access === "here")
    return [await askHere(cluster, options, first as Question & { probe: HereProbe<unknown, unknown> })];
  if (accessLevels.indexOf(probe.access) > accessLevels.indexOf(options.access)) {
    const answer = refused("unsupported", `needs ${probe.access}, and only ${options.access} was allowed`);
    return group.map((question) => observe(cluster.context, question, undefined, answer));
  }
  if (probe.access === "api")
    return [await askApi(cluster, options, first as Question & { probe: ApiProbe<unknown, unknown> })];
  return runner.run(group as readonly ExecQuestion[], turn);
}

async function askHere(
  cluster: Cluster,
  { here, signal }: LookerOptions,
  question: Question & { probe: HereProbe<unknown, unknown> },
): Promise<Observation> {
  const answer = here
    ? await question.probe.look(here, question.args, signal)
    : refused("unsupported", "nobody said that anything may be dialled from this machine");
  return observe(cluster.context, question, undefined, answer);
}

async function askApi(
  cluster: Cluster,
  options: LookerOptions,
  question: Question & { probe: ApiProbe<unknown, unknown> },
): Promise<Observation> {
  const answer = await question.probe.look(cluster, question.args, options.signal);
  return observe(cluster.context, question, undefined, answer);
}
