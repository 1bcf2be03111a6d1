import type { KubeObject } from "../cluster/cluster.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { type Asking, ask } from "../probing/probe.ts";
import { podSaid } from "./agent-log.ts";
import { type Case, excluded, type Judgement, possible, proven, unknown } from "./cause.ts";
import { dialsOverIPv6 } from "./compared.ts";

/** What a program says before it ends. */
export interface LastWords {
  readonly sentence: RegExp;
  /** "it insists on ..." */
  readonly means: string;
  readonly fix: string;
  readonly confirm: string;
  /** Why the sentence may mean something else, of that pod; undefined where it cannot. */
  readonly doubt: (sentence: string, pod: KubeObject, subject: Pick<Case, "scene">) => string | undefined;
}

/** Whether a target in which nothing runs said so in its log: of this life, or of the one before where it is started again and again. */
export function* judgeLastWords({ symptoms, ...subject }: Case, words: LastWords): Asking<Judgement> {
  const states = symptoms.filter(({ kind, outcome }) => kind === "state" && outcome === "not-running");
  const [state] = states;
  const [, namespace = "", name = ""] = /^pod ([^/]+)\/(.+)$/.exec(state?.to ?? "") ?? [];
  if (!state || name === "")
    return excluded("no target was named in which nothing runs", dialsOverIPv6({ symptoms, ...subject }), "both");
  const pod = yield* ask(podProbe, { namespace, name });
  const said = yield* podSaid(pod, "application");
  if (!said) return unknown(`the log of pod ${namespace}/${name} was not read`, "both");
  const sentence = said.found.findLast((line) => words.sentence.test(line));
  if (!sentence) return excluded(`the log of pod ${namespace}/${name} does not say so`, [said.by], "both");
  const because = `pod ${namespace}/${name} says "${sentence}": ${words.means}`;
  const remedy = {
    family: "both" as const,
    fix: words.fix,
    confirm: words.confirm,
    explains: states.map(({ id }) => id),
  };
  // What it said and lived on is not what ended it.
  if (said.found.at(-1) !== sentence)
    return possible(because, { ...remedy, missing: `that it is its last word: after it came "${said.found.at(-1)}"` });
  const missing = words.doubt(sentence, pod, subject);
  if (missing !== undefined) return possible(because, { ...remedy, missing });
  return proven(because, {
    ...remedy,
    died: { how: "answer", dial: state, by: [said.by] },
    instead: [{ lookalike: "a program that lives on", by: [state] }],
  });
}
