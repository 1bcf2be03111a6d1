import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { endpointSlice, meta, node, pod, podsOfDeployment, service } from "./large-cluster-objects.ts";

export interface Served {
  readonly server: string;
  readonly nodes: number;
  /** Bytes of the lists that were sent, the milliseconds that JSON.parse took for them, and how many requests there were. */
  sent(): { readonly bytes: number; readonly parsing: number; readonly requests: number };
  close(): void;
}

/** What containerd says, on the channel of errors. */
const nothingToRun = {
  kind: "Status",
  status: "Failure",
  reason: "InternalError",
  message: 'failed to exec in container: exec: "sh": executable file not found in $PATH',
};

const podsOfNode = 30;

/** An API server over plain HTTP that pages lists of made-up pods, nodes, Services and EndpointSlices; no container has any program. */
export async function serveCluster(pods: number): Promise<Served> {
  const nodes = Math.ceil(pods / podsOfNode);
  const deployments = Math.ceil(pods / podsOfDeployment);
  const lists: Readonly<Record<string, List>> = {
    pods: { kind: "PodList", count: pods, item: (index) => pod(index, nodes), inNamespace: podsOfDeployment * 10 },
    nodes: { kind: "NodeList", count: nodes, item: node },
    services: { kind: "ServiceList", count: deployments, item: service },
    endpointslices: { kind: "EndpointSliceList", count: deployments, item: endpointSlice },
    namespaces: { kind: "NamespaceList", count: Math.ceil(deployments / 10), item: (index) => meta(`team-${index}`) },
  };
  let [bytes, parsing, requests] = [0, 0, 0];
  const server = createServer((request, response) => {
    requests++;
    const text = answer(request, response, lists);
    bytes += text.length;
    const started = performance.now();
    JSON.parse(text);
    parsing += performance.now() - started;
    response.end(text);
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => "v5.channel.k8s.io" });
  sockets.on("connection", (socket) => {
    requests++;
    socket.send(Buffer.from(`\x03${JSON.stringify(nothingToRun)}`));
    socket.close();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nodes,
    sent: () => ({ bytes, parsing, requests }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface List {
  readonly kind: string;
  readonly count: number;
  item(index: number): object;
  /** How many of them are in a namespace: ten if not said. */
  readonly inNamespace?: number;
}

function answer(request: IncomingMessage, response: ServerResponse, lists: Readonly<Record<string, List>>): string {
  const url = new URL(request.url ?? "/", "http://server");
  response.setHeader("Content-Type", "application/json");
  if (url.pathname === "/version") return JSON.stringify({ major: "1", minor: "36", gitVersion: "v1.36.0" });
  if (url.pathname === "/apis") return JSON.stringify({ kind: "APIGroupList", groups: [] });
  const path = /^\/apis?\/(?:v1|[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([a-z]+)$/.exec(url.pathname);
  const list = lists[path?.[2] ?? ""];
  if (!path || (!list && !/policies$/.test(path[2] ?? ""))) {
    response.statusCode = 404;
    return JSON.stringify({ kind: "Status", code: 404, reason: "NotFound", message: "not found" });
  }
  return page(list ?? { kind: "List", count: 0, item: () => ({}) }, path[1], url.searchParams);
}

function page(list: List, namespace: string | undefined, query: URLSearchParams): string {
  const { kind, count, item } = list;
  const indexes = selected(list, namespace, query.get("fieldSelector")?.replace("spec.nodeName=", ""));
  const from = Number(query.get("continue") ?? 0);
  const to = from + Number(query.get("limit") ?? count);
  const more = to < indexes.length ? { continue: `${to}` } : {};
  const items = indexes.slice(from, to).map(item);
  return JSON.stringify({ kind, apiVersion: "v1", metadata: { resourceVersion: "1", ...more }, items });
}

/** All, the pods of a node, or what is in a namespace. */
function selected(
  { count, inNamespace = 10 }: List,
  namespace: string | undefined,
  node: string | undefined,
): number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  if (node) return all.filter((index) => `node-${index % Math.ceil(count / podsOfNode)}` === node);
  return namespace ? all.filter((index) => `team-${Math.floor(index / inNamespace)}` === namespace) : all;
}
