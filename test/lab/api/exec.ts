import { type ChildProcess, spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import { constants } from "node:os";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { containerEnvironment, containerPid, savedContainer } from "../containers.ts";
import { enterContainer, whyNotExecutable } from "../enter.ts";
import type { Any, ApiObject } from "../objects/object.ts";
import { badRequest } from "./status.ts";

/** Newest first: the API server takes the first it knows, whatever order the client offers. */
const protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io", "channel.k8s.io"];

const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => protocols.find((each) => offered.has(each)) ?? false,
});

/** An exec ready to run: everything the API server checks before it answers 101 has been checked. */
export interface Exec {
  pid: number;
  id: string;
  command: string[];
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
  /** Who it runs as. */
  user: number;
  /** What the container's own program was given. */
  environment: Record<string, string>;
  /** See the lab's option. */
  holdStdin?: boolean;
}

/** Checks an exec as the API server and the kubelet do before the upgrade. Throws the Status to answer instead. */
export function prepareExec(
  lab: string,
  pod: ApiObject,
  containers: ReadonlyMap<string, string>,
  query: URLSearchParams,
): Exec {
  const { name, namespace } = pod.metadata;
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  const chosen = chooseContainer(pod, query.get("container") ?? undefined);
  const key = `${namespace}/${name}`;
  const container = containers.get(`${key}/${chosen}`) ?? containers.get(key);
  const on = (stream: string) => query.get(stream) === "true" || query.get(stream) === "1";
  const streams = { stdin: on("stdin"), stdout: on("stdout"), stderr: on("stderr") };
  if (!streams.stdin && !streams.stdout && !streams.stderr)
    throw new PlainError(400, "you must specify at least 1 of stdin, stdout, stderr");
  const id = container ?? name;
  const pid = pod.status?.phase === "Running" ? containerPid(lab, id) : undefined;
  if (pid === undefined) throw new PlainError(500, `container not found ("${pod.spec.containers[0]?.name}")`);
  const { environment = {} } = savedContainer(lab, id);
  const user = specsOf(pod).find((each) => each.name === chosen)?.securityContext?.runAsUser ?? 0;
  return { pid, id, command: query.getAll("command"), tty: on("tty"), user, environment, ...streams };
}

/** A refusal the kubelet words itself: text, not a Status. */
export class PlainError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The container of a pod a request means, by name or because there is one only. Throws 400. */
export function chooseContainer(pod: ApiObject, asked: string | undefined): string {
  const names: string[] = specsOf(pod).map((each) => each.name);
  if (asked === undefined && pod.spec.containers?.length > 1)
    throw badRequest(
      `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(" ")}]`,
    );
  if (asked !== undefined && !names.includes(asked))
    throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
  return asked ?? names[0] ?? "";
}

function specsOf(pod: ApiObject): Any[] {
  return [...(pod.spec.containers ?? []), ...(pod.spec.ephemeralContainers ?? [])];
}

/** Upgrades to a WebSocket and runs the command; an offer of no protocol known here is refused as the API server does. */
export function serveExec(request: IncomingMessage, socket: Duplex, head: Buffer, exec: Exec): void {
  const offered = request.headers["sec-websocket-protocol"]?.split(",").map((each) => each.trim());
  if (offered && !offered.some((each) => protocols.includes(each))) {
    socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  sockets.handleUpgrade(request, socket, head, (client) => runIn(client, exec));
}

function runIn(client: WebSocket, exec: Exec): void {
  const send = (channel: number, data: Buffer | string) =>
    client.send(Buffer.concat([Buffer.from([channel]), Buffer.from(data)]));
  const finish = (status: string) => {
    send(3, status);
    client.close(1000);
  };
  send(exec.stdout ? 1 : exec.stderr ? 2 : 1, "");
  const why =
    exec.command.length === 0
      ? "executable file not found in $PATH"
      : whyNotExecutable(exec.pid, exec.command[0] ?? "");
  if (why !== undefined) {
    finish(cannotStart(client.protocol, exec, why));
    return;
  }
  const [program = "", ...args] = enterContainer(exec.pid, exec.command, exec.user);
  const child = spawn(program, args, {
    detached: true,
    env: { ...containerEnvironment(exec.id), ...exec.environment },
    stdio: [exec.stdin ? "pipe" : "ignore", "pipe", "pipe"],
  });
  if (exec.stdout) child.stdout?.on("data", (data) => send(1, data));
  else child.stdout?.resume();
  // A terminal has one output only, so what goes to stderr arrives on stdout.
  if (exec.stderr || exec.tty) child.stderr?.on("data", (data) => send(exec.tty ? 1 : 2, data));
  else child.stderr?.resume();
  if (exec.stdin) feed(client, child);
  // A runtime does not end the program of a client that is gone: it closes its standard input, or not even that.
  const leave = () => (exec.holdStdin ? child.stdout?.pause() : child.stdin?.end());
  client.on("close", leave);
  client.on("error", leave);
  child.on("error", (error) => finish(cannotStart(client.protocol, exec, error.message)));
  child.on("close", (code, signal) =>
    finish(outcome(client.protocol, exec, signal ? 128 + (constants.signals[signal] ?? 9) : (code ?? 137))),
  );
}

/** Channel 0 is stdin; in v5 the frame ff 00 closes it, which v4 has no way to say. */
function feed(client: WebSocket, child: ChildProcess): void {
  child.stdin?.on("error", () => {});
  client.on("message", (raw: Buffer) => {
    const data = Buffer.from(raw);
    if (data[0] === 0 && data.length > 1) child.stdin?.write(data.subarray(1));
    if (data[0] === 255 && data[1] === 0 && client.protocol === "v5.channel.k8s.io") child.stdin?.end();
  });
}

function outcome(protocol: string, exec: Exec, code: number): string {
  if (code === 0) return protocol === "channel.k8s.io" ? "" : JSON.stringify({ metadata: {}, status: "Success" });
  const detail =
    protocol === "v5.channel.k8s.io"
      ? `command terminated with exit code ${code}`
      : `error executing command [${exec.command.join(" ")}], exit code ${code}`;
  const message = `command terminated with non-zero exit code: ${detail}`;
  if (protocol === "channel.k8s.io") return message;
  const causes = [{ reason: "ExitCode", message: `${code}` }];
  return JSON.stringify({ metadata: {}, status: "Failure", message, reason: "NonZeroExitCode", details: { causes } });
}

/** A command that could not be started has no exit code: it is an internal error of the kubelet. */
function cannotStart(protocol: string, exec: Exec, why: string): string {
  const id = Buffer.from(exec.id).toString("hex").padEnd(64, "0").slice(0, 64);
  const what = exec.command[0] === undefined ? "" : `exec: "${exec.command[0]}": `;
  const runtime = `OCI runtime exec failed: exec failed: unable to start container process: ${what}${why}`;
  const inner = `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": ${runtime}`;
  const message = `Internal error occurred: ${inner}`;
  if (protocol === "channel.k8s.io") return message;
  return JSON.stringify({
    metadata: {},
    status: "Failure",
    message,
    reason: "InternalError",
    details: { causes: [{ message: inner }] },
    code: 500,
  });
}
