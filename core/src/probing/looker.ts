import { accessLevels, type Cluster, refused } from "../cluster/cluster.ts";
import { observe } from "./observation.ts";
import { type ApiProbe, type Observation, type Question, questionId, vantageName } from "./probe.ts";
import type { LookerOptions } from "./runner.ts";
import { type ExecQuestion, Runner } from "./runner.ts";

/** Answers questions: a live cluster does, and so does a recording. */
export interface Looker {
  /** One observation a question, in the same order. Questions for one vantage travel together, vantages side by side. */
  look(questions: readonly Question[]): Promise<readonly Observation[]>;
  /** How often a program was started in a container so far. */
  readonly execs: number;
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
