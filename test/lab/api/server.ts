import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { logOf } from "../containers.ts";
import type { Any, ApiObject } from "../objects/object.ts";
import { actionOn, allows, authenticate, forbidden, type Role } from "./auth.ts";
import type { Control } from "./control.ts";
import { discover } from "./discovery.ts";
import { chooseContainer, prepareExec, serveExec } from "./exec.ts";
import type { Lists } from "./list.ts";
import { parsePath, reviewed, verbOf } from "./path.ts";
import { asRefusal, body, json, received, refuse, text } from "./respond.ts";
import { review } from "./review.ts";
import { selection } from "./selectors.ts";
import { ApiError, notFound } from "./status.ts";
import type { Store } from "./store.ts";
import { tableOf, wantsTable } from "./table.ts";
import { serveWatch } from "./watch.ts";
import { create, patch, remove, type Target, update } from "./write.ts";

/** What the API server stands on. */
export interface Backend {
  directory: string;
  store: Store;
  lists: Lists;
  control: Control;
  /** The name of a role by token. */
  tokens: Map<string, string>;
  /** The container behind a pod, by "namespace/name"; of several by "namespace/name/container" too. */
  containers: Map<string, string>;
  /** Nodes whose kubelet does not answer. */
  notReady: readonly string[];
  /** What a pod has said, where no container of the lab is behind it. */
  logs?: (pod: ApiObject) => string;
  /** See the lab's option. */
  holdStdin: boolean;
  /** Resolves once the namespaces are as the objects say. */
  settled: () => Promise<void>;
}

/** Answers one HTTP request of the API. */
export async function serve(backend: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    void received(request);
    if (await backend.control.interfere(request)) return;
    if (request.method !== "GET") noteAnswer(backend, request, response);
    await route(backend, request, response);
  } catch (error) {
    refuse(response, error);
  }
}

/** The audit log of all that is not read: a line before each answer, which brings what the server warns of. */
function noteAnswer(
  { directory, control }: Backend,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const answer = response.writeHead.bind(response) as (code: number, headers: OutgoingHttpHeaders) => ServerResponse;
  response.writeHead = ((code: number, head: OutgoingHttpHeaders) => {
    const line = { method, path: url, agent: headers["user-agent"] ?? "", code };
    appendFileSync(join(directory, "writes.log"), `${JSON.stringify(line)}\n`);
    return answer(code, { ...control.warning, ...head });
  }) as ServerResponse["writeHead"];
}

/** Answers an upgrade: exec is the only thing the API upgrades for. */
export async function serveUpgrade(
  backend: Backend,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  // A client that leaves while it is being upgraded must not take the server with it.
  socket.on("error", () => socket.destroy());
  const cut = () => void socket.destroy();
  backend.store.on("cut", cut);
  socket.on("close", () => backend.store.off("cut", cut));
  try {
    if (await backend.control.interfere(request)) return;
    const url = new URL(request.url ?? "/", "https://api");
    const role = authenticate(request, backend.tokens, backend.control.known);
    const target = parsePath(url);
    if (!target?.name || target.subresource !== "exec")
      throw new ApiError(404, "NotFound", "the server could not find the requested resource", {});
    authorizeExec(role, target);
    const pod = mustGet(backend.store, target);
    if (backend.notReady.includes(pod.spec.nodeName)) throw unreachable(pod);
    const exec = prepareExec(backend.directory, pod, backend.containers, url.searchParams);
    serveExec(request, socket, head, { ...exec, holdStdin: backend.holdStdin });
  } catch (error) {
    const { code, type, text } = asRefusal(error);
    const length = Buffer.byteLength(text);
    socket.end(
      `HTTP/1.1 ${code} Refused\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
    );
  }
}

/** Over WebSocket an exec needs both verbs; of the second the API server does not say which it misses. */
function authorizeExec(role: Role | undefined, target: Target): void {
  const action = (verb: string) => actionOn(target.resource, verb, target.namespace, target.name, "exec");
  if (!allows(role, action("get"))) throw forbidden(role, action("get"));
  if (!allows(role, action("create")))
    throw new ApiError(403, "Forbidden", `pods "${target.name}" is forbidden: `, { name: target.name, kind: "pods" });
}

async function route(backend: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "https://api");
  const role = authenticate(request, backend.tokens, backend.control.known);
  if (/^\/(healthz|livez|readyz)$/.test(url.pathname)) return text(response, 200, "ok");
  if (backend.control.forbids(url.pathname) || (!role && !url.pathname.startsWith("/version")))
    throw refusedPath(request, url, role);
  const known = request.method === "GET" ? discover(url.pathname) : undefined;
  if (known) return json(response, 200, known);
  const asked = reviewed(url.pathname);
  if (asked && request.method === "POST") return json(response, 201, review(asked, role, await body(request)));
  const target = parsePath(url);
  if (target === undefined) return text(response, 404, "404 page not found\n");
  if (target === null) throw new ApiError(404, "NotFound", "the server could not find the requested resource", {});
  const verb = verbOf(request, target, url);
  const action = actionOn(target.resource, verb, target.namespace, target.name, target.subresource);
  if (!allows(role, action)) throw forbidden(role, action);
  if (verb === "get" || verb === "list" || verb === "watch") return read(backend, request, response, target, verb);
  backend.control.admit(url.pathname);
  const written = await write(backend, request, target, verb);
  await backend.settled();
  if (wantsTable(request.headers.accept) && written.body.kind !== "Status") {
    const object = written.body as ApiObject;
    return json(
      response,
      written.code,
      tableOf(target.resource.kind, [object], { resourceVersion: object.metadata.resourceVersion }, url.searchParams),
    );
  }
  json(response, written.code, written.body);
}

function refusedPath(request: IncomingMessage, url: URL, role: Role | undefined): ApiError {
  const target = parsePath(url);
  if (target)
    return forbidden(
      role,
      actionOn(target.resource, verbOf(request, target, url), target.namespace, target.name, target.subresource),
    );
  return new ApiError(
    403,
    "Forbidden",
    `forbidden: User "${role?.username ?? "system:anonymous"}" cannot ${(request.method ?? "get").toLowerCase()} path "${url.pathname}"`,
    {},
  );
}

function read(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  verb: string,
): void {
  const { store, lists } = backend;
  const { resource, namespace, query } = target;
  const table = wantsTable(request.headers.accept);
  const represent = (object: ApiObject) =>
    table ? tableOf(resource.kind, [object], { resourceVersion: object.metadata.resourceVersion }, query) : object;
  if (verb === "get" && target.subresource === "exec")
    throw new ApiError(400, "BadRequest", "Upgrade request required");
  if (verb === "get" && target.subresource === "log") log(backend, response, mustGet(store, target), query);
  else if (verb === "get") json(response, 200, represent(mustGet(store, target)));
  else {
    if (target.name) query.append("fieldSelector", `metadata.name=${target.name}`);
    const matches = selection(resource, query);
    if (verb === "watch") serveWatch(store, response, { resource, namespace, query, matches, represent });
    else {
      const list = lists.list(resource, namespace, query, matches);
      json(response, 200, table ? tableOf(resource.kind, list.items, list.metadata, query) : list);
    }
  }
}

/** What the API server says when the kubelet of a node does not answer. */
function unreachable(pod: ApiObject): ApiError {
  const message = `error dialing backend: dial tcp ${pod.status?.hostIP}:10250: connect: connection refused`;
  return new ApiError(500, "", message);
}

function log(backend: Backend, response: ServerResponse, pod: ApiObject, query: URLSearchParams): void {
  const { directory, notReady, containers } = backend;
  const { name, namespace } = pod.metadata;
  const container = chooseContainer(pod, query.get("container") ?? undefined);
  if (notReady.includes(pod.spec.nodeName)) throw unreachable(pod);
  if (!pod.spec.nodeName) {
    response.writeHead(204).end();
    return;
  }
  if (backend.logs) {
    text(response, 200, backend.logs(pod));
    return;
  }
  const id = containers.get(`${namespace}/${name}`) ?? name;
  const said = (life: "this" | "previous") =>
    existsSync(logOf(directory, id, life)) ? readFileSync(logOf(directory, id, life), "utf8") : undefined;
  const previous = query.get("previous") === "true";
  const told = said(previous ? "previous" : "this");
  if (previous && told === undefined)
    throw new ApiError(
      400,
      "BadRequest",
      `previous terminated container "${container}" in pod "${pod.metadata.name}" not found`,
    );
  text(response, 200, told ?? `${container} listening\n`);
}

async function write(
  backend: Backend,
  request: IncomingMessage,
  target: Target,
  verb: string,
): Promise<{ code: number; body: Any }> {
  const { store } = backend;
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0] ?? "";
  const content = await body(request);
  if (verb === "create") return { code: 201, body: create(store, target, content) };
  if (verb === "update") return { code: 200, body: update(store, target, content) };
  if (verb === "delete") return { code: 200, body: remove(store, target, content) };
  if (verb === "patch") {
    const { object, created } = patch(store, target, type, content);
    return { code: created ? 201 : 200, body: object };
  }
  throw new ApiError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {});
}

function mustGet(store: Store, target: Target): ApiObject {
  const found = store.get(target.resource, target.namespace, target.name ?? "");
  if (!found) throw notFound(target.resource.name, target.resource.group, target.name ?? "");
  return found;
}
