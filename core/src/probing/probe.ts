import type { AbortSignalLike, Access, Answer, Cluster, PodVantage, Refusal } from "../cluster/cluster.ts";
import type { Reading, Want } from "./bundle.ts";
import type { Here } from "./here.ts";

/** Where a question is asked from. A node is looked at through a pod that runs in its network already. */
export type Vantage =
  | { readonly kind: "api" }
  /** This machine, in front of which its user sits. */
  | { readonly kind: "here" }
  | {
      readonly kind: "pod";
      readonly namespace: string;
      readonly pod: string;
      /** The container to ask first, where not any of them will do. */
      readonly container?: string;
    }
  | { readonly kind: "node"; readonly node: string };

interface Asked<A, V> {
  /** The name of its file. */
  readonly id: string;
  /** What is asked, to be read after "looking for": "the IPv6 addresses of pod default/web-1". */
  asks(args: A): string;
  /** What a person would have typed to see the same: behind `kubectl`, or behind `kubectl exec ... --`. */
  types(args: A, value: V | undefined): readonly string[];
  /** The answer in one line, for the report. */
  line(value: V, args: A): string;
}

/** What RBAC has to allow for a question; without a namespace it takes a ClusterRole. */
export interface Right {
  readonly verbs: readonly string[];
  /** "" for the core group. */
  readonly apiGroup: string;
  /** "pods/exec" with its subresource */
  readonly resource: string;
  readonly namespace?: string;
  /** Of these objects alone. */
  readonly names?: readonly string[];
  /** The verb that was refused, where only one of several was. */
  readonly refused?: string;
}

/** A question the API server can answer. Its answer holds only the fields somebody reads, and never a Secret's data. */
export interface ApiProbe<A, V> extends Asked<A, V> {
  readonly access: "api";
  look(cluster: Cluster, args: A, signal: AbortSignalLike | undefined): Promise<Answer<V>>;
  right(args: A): Right;
}

/** A question answered inside a running container; all the questions for one vantage travel in one exec. */
export interface ExecProbe<A, V> extends Asked<A, V> {
  readonly access: "exec";
  vantage(args: A): Vantage;
  wants(args: A): readonly Want[];
  /**
   * The arguments with which it is asked whenever anything is asked of a vantage; undefined where it is not. What is read
   * before and after a dial has to be asked so, or to dial itself, or to be asked together with a dial.
   */
  always?(at: Vantage): A | undefined;
  /** The same for what is cheap and wanted only where something fails: it goes with the next look there, in place of one by itself. */
  onFailure?(at: Vantage): A | undefined;
  read(reading: Reading, args: A): Answer<V>;
}

/** A question that this machine answers itself. None is asked unless the user said that it may. */
export interface HereProbe<A, V> extends Asked<A, V> {
  readonly access: "here";
  look(here: Here, args: A, signal: AbortSignalLike | undefined): Promise<Answer<V>>;
}

export type Probe<A, V> = ApiProbe<A, V> | ExecProbe<A, V> | HereProbe<A, V>;

/** A probe with its arguments; plain JSON apart from the probe itself. */
export interface Question<V = unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: the arguments' type is known where the question is made
  readonly probe: Probe<any, V>;
  readonly args: unknown;
}

/** A question for a container. */
export type ExecQuestion = Question & { readonly probe: ExecProbe<unknown, unknown> };

/** An answer, and where it is from. It is plain JSON, it is the evidence, and a diagnosis can be replayed from it. */
export interface Observation {
  /** Unique in a diagnosis: the probe and its arguments. */
  readonly id: string;
  readonly probe: string;
  readonly args: unknown;
  readonly access: Access | "here";
  readonly vantage: Vantage;
  /** The container that was asked. */
  readonly through?: PodVantage;
  readonly asked: string;
  /** What a person would have typed, quoted for a POSIX shell. */
  readonly command: string;
  readonly answer: Answer<unknown>;
  /** What is not allowed, if it was forbidden. */
  readonly lacks?: Right;
  /** The answer, or why there is none, in one line. */
  readonly line: string;
}

/** What a cause, or the engine, does: it hands out questions, gets their answers, and returns a result. */
export type Asking<T> = Generator<readonly Question[], T, readonly Answer<unknown>[]>;

/** Thrown inside a cause by {@link ask}: the engine turns it into the verdict `unknown`. */
export class NotLooked extends Error {
  readonly refusal: Refusal;

  constructor(asked: string, refusal: Refusal) {
    super(`could not look at ${asked}: ${refusal.message}`);
    this.refusal = refusal;
  }
}

export function question<A, V>(probe: Probe<A, V>, args: A): Question<V> {
  return { probe, args };
}

/** Asks one question and returns its answer; if nobody could look, the judging cause ends as `unknown` with the reason. */
export function* ask<A, V>(probe: Probe<A, V>, args: A): Asking<V> {
  const answer = yield* tryAsk(probe, args);
  if (!answer.ok) throw new NotLooked(probe.asks(args), answer.refusal);
  return answer.value;
}

/** Asks one question; "could not look" is returned, for a cause that can go on without. */
export function* tryAsk<A, V>(probe: Probe<A, V>, args: A): Asking<Answer<V>> {
  const [answer] = yield [question(probe, args)];
  return answer as Answer<V>;
}

/** Asks several questions at once, and returns their answers in the same order. */
export function* tryAskAll<V>(questions: readonly Question<V>[]): Asking<readonly Answer<V>[]> {
  if (questions.length === 0) return [];
  return (yield questions) as readonly Answer<V>[];
}

/** A question never changes, and is asked after many times. */
const ids = new WeakMap<Question, string>();

/** Identifies a question; argument order does not matter. */
export function questionId(question: Question): string {
  const known = ids.get(question);
  if (known !== undefined) return known;
  const id = `${question.probe.id}(${sorted(question.args)})`;
  ids.set(question, id);
  return id;
}

/** As JSON, with the keys of each object in their order. */
function sorted(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one) => (one === undefined ? "null" : sorted(one))).join(",")}]`;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  const written = fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${sorted(one)}`);
  return `{${written.join(",")}}`;
}

/** Where a question is answered. */
export function whereAsked({ probe, args }: Question): Vantage {
  return probe.access === "exec" ? probe.vantage(args) : { kind: probe.access };
}

/** "pod default/web-1", "node worker-2", "this machine" */
export function vantageName(vantage: Vantage): string {
  if (vantage.kind === "api") return "the API";
  if (vantage.kind === "here") return "this machine";
  return vantage.kind === "node" ? `node ${vantage.node}` : `pod ${vantage.namespace}/${vantage.pod}`;
}
