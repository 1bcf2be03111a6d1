import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import WebSocket from "ws";
import {
  type Answer,
  answered,
  type PodVantage,
  type RunOptions,
  type RunResult,
  refused,
} from "#core/cluster/cluster.ts";
import type { Authority } from "./authority.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { closesInput, feed, protocols } from "./exec-input.ts";
import { execRefusal } from "./exec-refusal.ts";
import { exitCodeIn, noSuchProgram, saysNoProgram } from "./exec-status.ts";
import { networkRefusal } from "./network-refusal.ts";
import { addressOf, authorityFor, patience, userAgent } from "./request.ts";
import { podPath, query } from "./resource-path.ts";
import { type ServerWords, sentence, serverWords } from "./status-refusal.ts";

/** The first byte of a message: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/httpstream/wsstream */
const channel = { stdout: 1, stderr: 2, status: 3 } as const;

/** More than any probe prints; a program that goes on is not one we meant to start. */
const maximumOutput = 16 * 1024 * 1024;

/**
 * Runs one program in a container over a WebSocket, as `kubectl exec` does, and gives its output and exit code.
 *
 * client-node's `Exec` keeps the server's words from us when it refuses the upgrade, can be given up only after it,
 * tells nothing when a connection is cut, knows no limit for what is printed, and offers the protocols of before v4,
 * which have no exit code.
 */
export async function runInContainer(
  endpoint: Endpoint,
  from: PodVantage,
  argv: readonly string[],
  options: RunOptions,
): Promise<Answer<RunResult>> {
  const what = `run ${argv[0] ?? "nothing"} in container "${from.container}" of pod ${from.namespace}/${from.pod}`;
  for (let renewed = false; ; renewed = true) {
    const authority = await authorityFor(endpoint, { what, ...(options.signal ? { signal: options.signal } : {}) });
    if (!authority.ok) return authority;
    const ran = await runOnce(endpoint, authority.value, { what, from, argv, options });
    const again = !renewed && !ran.ok && ran.refusal.reason === "unauthorized";
    if (!again || !endpoint.credentials.renew(authority.value.credentials)) return ran;
  }
}

interface Run {
  readonly what: string;
  readonly from: PodVantage;
  readonly argv: readonly string[];
  readonly options: RunOptions;
}

async function runOnce(
  endpoint: Endpoint,
  authority: Authority,
  run: Run,
  mayBeStale = true,
): Promise<Answer<RunResult>> {
  // The way there is a request like any other, and so is the first sign of the program; its own time begins when it has begun.
  const deadline = startDeadline(endpoint.timeout, run.options.signal);
  let opened = false;
  try {
    const socket = connect(endpoint, authority, run);
    socket.once("open", () => {
      opened = true;
      deadline.restart(Math.min(run.options.timeout, endpoint.timeout ?? run.options.timeout));
      socket.once("message", () => deadline.restart(run.options.timeout));
    });
    return resultOf(await conversation(socket, run.options, deadline), endpoint, run);
  } catch (error) {
    // A kept connection, which the server closed just when it was used again: nothing of this has come to it.
    const hungUp = !opened && !deadline.ended() && (error as NodeJS.ErrnoException).code === "ECONNRESET";
    if (hungUp && mayBeStale) return runOnce(endpoint, authority, run, false);
    if (opened && deadline.ended() === "timeout") return silence(run.what, deadline.limit() ?? run.options.timeout);
    return { ok: false, refusal: networkRefusal(endpoint, run.what, error, deadline.ended(), deadline.limit()) };
  } finally {
    deadline.clear();
  }
}

function silence(what: string, milliseconds: number): Answer<RunResult> {
  const message = sentence(what, `nothing came of it within ${milliseconds / 1000} s`);
  return refused(
    "timeout",
    message,
    "The node may be busy, the container at its CPU limit, or a proxy on the way may hold what is sent; or allow more time.",
  );
}

function connect(endpoint: Endpoint, { headers, connection }: Authority, { from, argv, options }: Run): WebSocket {
  const { namespace, pod, container } = from;
  const streams = { stdout: "true", stderr: "true", stdin: options.stdin === undefined ? undefined : "true" };
  const url = addressOf(endpoint, podPath(namespace, pod, "exec") + query({ command: argv, container, ...streams }));
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url, protocols, {
    ...connection,
    ...patience,
    headers: { "user-agent": userAgent, ...headers },
    perMessageDeflate: false,
    maxPayload: maximumOutput,
  });
}

/** How a conversation ended. */
type End =
  | { readonly kind: "refused"; readonly words: ServerWords }
  | { readonly kind: "ended"; readonly status: string; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "stdin stays open" }
  | { readonly kind: "too much" };

function conversation(socket: WebSocket, options: RunOptions, deadline: Deadline): Promise<End> {
  return new Promise((resolve, reject) => {
    const output = new Output(options.onBytes);
    const end = (how: End) => {
      resolve(how);
      socket.terminate();
    };
    const stop = () => {
      reject(new Error("ended by the deadline"));
      socket.terminate();
    };
    if (deadline.ended()) stop();
    deadline.signal.addEventListener("abort", stop);
    socket.on("open", () => {
      if (options.stdin === undefined) return;
      if (options.company || closesInput(socket)) feed(socket, options.stdin, options.company);
      else end({ kind: "stdin stays open" });
    });
    socket.on("message", (data) => {
      if (!output.take(asBuffer(data))) end({ kind: "too much" });
      else if (options.onOutput) options.onOutput(output.text("stdout") ?? "");
    });
    socket.on("unexpected-response", (_, response) => {
      readAnswer(response).then((words) => end({ kind: "refused", words }), reject);
    });
    // After a broken frame ws would wait half a minute for the other side to say goodbye.
    socket.on("error", (error) => {
      reject(error);
      socket.terminate();
    });
    socket.on("close", () => {
      const status = output.text("status");
      if (status === undefined) reject(new Error("the connection was cut while the program ran"));
      else resolve({ kind: "ended", status, stdout: output.text("stdout") ?? "", stderr: output.text("stderr") ?? "" });
    });
  });
}

/** What a program printed, kept as bytes until its end, for a character may lie across two messages. */
class Output {
  readonly #chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[], status: [] as Buffer[] };
  readonly #onBytes: RunOptions["onBytes"];
  #size = 0;

  constructor(onBytes: RunOptions["onBytes"]) {
    this.#onBytes = onBytes;
  }

  /** False when it becomes too much. */
  take(message: Buffer): boolean {
    if (this.#onBytes && message[0] === channel.stdout) {
      this.#onBytes(message.subarray(1));
      return true;
    }
    const name = (["stdout", "stderr", "status"] as const).find((one) => channel[one] === message[0]);
    if (name !== undefined) this.#chunks[name].push(message.subarray(1));
    this.#size += message.length;
    return this.#size <= maximumOutput;
  }

  /** Undefined when nothing came on it, not even an empty message. */
  text(name: "stdout" | "stderr" | "status"): string | undefined {
    const chunks = this.#chunks[name];
    return chunks.length === 0 ? undefined : Buffer.concat(chunks).toString("utf8");
  }
}

function asBuffer(data: WebSocket.RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

async function readAnswer(response: IncomingMessage): Promise<ServerWords> {
  return serverWords(response.statusCode ?? 0, await text(response));
}

function resultOf(end: End, endpoint: Endpoint, { what, argv }: Run): Answer<RunResult> {
  if (end.kind === "refused") return { ok: false, refusal: execRefusal(endpoint, what, end.words) };
  if (end.kind === "too much")
    return refused("failed", sentence(what, `it printed more than ${maximumOutput / 1024 / 1024} MiB`));
  if (end.kind === "stdin stays open") {
    const message = sentence(what, "the server has no way to end its standard input (v4.channel.k8s.io)");
    return refused("unsupported", message, "Kubernetes 1.30 or newer is needed for this.");
  }
  const program = argv[0] ?? "";
  const exit = exitCodeIn(end.status, what, program);
  if (!exit.ok) return exit;
  if (saysNoProgram(exit.value, end.stdout)) return noSuchProgram(what, program);
  return answered({ stdout: end.stdout, stderr: end.stderr, exitCode: exit.value });
}
