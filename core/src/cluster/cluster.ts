/**
 * The port through which everything in core asks a live cluster. `cluster/` implements it over HTTPS, a recording
 * implements it from a file. Nothing here does I/O, and no call rejects: not being able to look is an answer.
 */

/** What a question costs and may touch, cheapest first. */
export const accessLevels = ["api", "exec", "ephemeral", "probe-pod", "node", "privileged-node"] as const;
export type Access = (typeof accessLevels)[number];

/** Why a question has no answer. */
export type RefusalReason =
  | "unauthorized" // 401: who you are was not accepted
  | "forbidden" // 403: RBAC or an admission plugin said no
  | "not-found" // the object, its kind or the container is not there (any more)
  | "absent" // the container was asked, and has no such file; or there is no kubeconfig
  | "unreachable" // no connection: refused, no route, name not found
  | "tls" // the certificate was not accepted
  | "timeout"
  | "cancelled"
  | "no-command" // the container has no such program
  | "no-room" // the container has too little memory, or too few processes, left for one more program
  | "not-running" // the container is not running, so nothing can be run in it
  | "config" // the kubeconfig cannot be used: missing, broken, exec plugin failed
  | "untrusted" // the credential comes from a program, and the workspace is not trusted
  | "unsupported" // the server does not know the kind, or this kind of access is not available
  | "failed"; // any other answer of the server

export interface Refusal {
  readonly reason: RefusalReason;
  /** One sentence: which thing could not be looked at and why, with the server's own words where it has some. */
  readonly message: string;
  /** One sentence: what a user can do about it. */
  readonly remedy?: string;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** `group/version` ("v1", "apps/v1") and the plural resource name ("pods"). */
export interface ResourceType {
  readonly apiVersion: string;
  readonly resource: string;
}

/** An object as the API server prints it in JSON. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the server's; readers check what they read
  readonly [field: string]: any;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly controller?: boolean }[];
}

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** What somebody reads of an object: the rest of it is dropped as soon as it has come. Not every cluster does so. */
  readonly keep?: (object: KubeObject) => KubeObject;
  readonly signal?: AbortSignalLike;
}

/** Structurally an AbortSignal, so that core needs no DOM or Node types. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** A running container of a pod. */
export interface PodVantage {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

export interface RunOptions {
  /** Bytes for the program's standard input, then end of file, or `company`. */
  readonly stdin?: string;
  /**
   * Standard input stays open, and several times a second an empty line tells the program that somebody listens: a program that
   * hears nothing any more can end itself, which nobody else would do. Once `after` resolves comes a line `go`, and once `until`
   * does a line `end`.
   */
  readonly company?: { readonly after?: PromiseLike<unknown>; readonly until?: PromiseLike<unknown> };
  /** What came on standard output so far, each time more comes. */
  onOutput?(stdout: string): void;
  /** Standard output as bytes, each time more comes; nothing of it is kept then, and the result has none. */
  onBytes?(bytes: Uint8Array): void;
  /** Milliseconds until the command is given up, from when it was started; `timeout` is the refusal then. */
  readonly timeout: number;
  readonly signal?: AbortSignalLike;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface Version {
  readonly major: number;
  readonly minor: number;
  /** As the server says it, for example "v1.36.0". */
  readonly gitVersion: string;
}

export type WatchEvent =
  /** The whole list: at the start, and again where a stream cannot go on from where it was. */
  | { readonly type: "reset"; readonly objects: readonly KubeObject[] }
  | { readonly type: "added" | "modified" | "deleted"; readonly object: KubeObject }
  /** The stream is down; the last known objects are those of then until it is resumed or reset. `retryIn` in milliseconds. */
  | { readonly type: "lost"; readonly refusal: Refusal; readonly retryIn: number }
  /** The stream goes on where it was, so that nothing is missing. */
  | { readonly type: "resumed" }
  /** Looking again makes no sense (forbidden, unknown kind): the watch has ended. */
  | { readonly type: "ended"; readonly refusal: Refusal };

export interface Watch {
  stop(): void;
}

export interface Review {
  readonly verb: string;
  readonly apiVersion: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  /** Of one object, where a role may name it. */
  readonly name?: string;
}

export interface Cluster {
  /** The kubeconfig context's name, for messages and for `kubectl --context`. */
  readonly context: string;
  /** Where the API server is, `https://host:port`. */
  readonly server: string;
  version(signal?: AbortSignalLike): Promise<Answer<Version>>;
  /** Every object of a type (all pages), in the API's order. A type the server does not know is `unsupported`. */
  list(type: ResourceType, options?: ListOptions): Promise<Answer<readonly KubeObject[]>>;
  get(
    type: ResourceType,
    name: string,
    options?: Pick<ListOptions, "namespace" | "signal">,
  ): Promise<Answer<KubeObject>>;
  watch(type: ResourceType, options: ListOptions, listener: (event: WatchEvent) => void): Watch;
  /** The last `lines` lines of a container's log; `previous` is the one before its last restart. */
  logs(
    from: PodVantage,
    options: { readonly lines: number; readonly previous?: boolean; readonly signal?: AbortSignalLike },
  ): Promise<Answer<string>>;
  /** Runs one program in a container: an argv array, never a shell string. A non-zero exit code is an answer. */
  run(from: PodVantage, argv: readonly string[], options: RunOptions): Promise<Answer<RunResult>>;
  /** What the API server says about the user's own rights (SelfSubjectAccessReview). */
  mayI(review: Review): Promise<Answer<boolean>>;
}

export function answered<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function refused(reason: RefusalReason, message: string, remedy?: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: remedy === undefined ? { reason, message } : { reason, message, remedy } };
}
