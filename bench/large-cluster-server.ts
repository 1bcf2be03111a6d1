import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

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
const podsOfDeployment = 25;

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

function pod(index: number, nodes: number) {
  const deployment = Math.floor(index / podsOfDeployment);
  const [namespace, app] = [namespaceOf(deployment), `app-${deployment}`];
  const ips = [{ ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` }, { ip: `fd00::${index.toString(16)}` }];
  const conditions = ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
    type,
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: timeOf(index),
  }));
  const own = meta(`${app}-7d9f8b6c5d-${index.toString(36).padStart(5, "x")}`, namespace, {
    labels: { app, "pod-template-hash": "7d9f8b6c5d", "app.kubernetes.io/part-of": "shop" },
    annotations: { "checksum/config": `${index}`.padStart(64, "0"), "prometheus.io/scrape": "true" },
    ownerReferences: [
      { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${app}-7d9f8b6c5d`, uid: uid(deployment), controller: true },
    ],
  });
  return {
    ...own,
    spec: {
      volumes: [
        { name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }], defaultMode: 420 } },
      ],
      containers: [container(app)],
      nodeName: `node-${index % nodes}`,
      serviceAccountName: "default",
      tolerations: ["not-ready", "unreachable"].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: "Exists",
      })),
    },
    status: {
      phase: "Running",
      conditions,
      hostIP: "192.0.2.1",
      podIP: ips[0]?.ip,
      podIPs: ips,
      startTime: timeOf(index),
      containerStatuses: [
        {
          name: "web",
          state: { running: { startedAt: timeOf(index) } },
          lastState: {},
          ready: true,
          restartCount: index % 4,
          image: `registry.example/${app}:1.2.3`,
          containerID: `containerd://${uid(index)}${uid(index)}`,
        },
      ],
      qosClass: "Burstable",
    },
  };
}

function container(app: string) {
  return {
    name: "web",
    image: `registry.example/${app}:1.2.3`,
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    env: Array.from({ length: 12 }, (_, at) => ({ name: `SETTING_${at}`, value: `value of setting ${at} of ${app}` })),
    resources: { limits: { cpu: "1", memory: "512Mi" }, requests: { cpu: "100m", memory: "256Mi" } },
    volumeMounts: [{ name: "token", readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }],
    readinessProbe: { httpGet: { path: "/ready", port: "http", scheme: "HTTP" }, periodSeconds: 10 },
  };
}

function node(index: number) {
  const third = `${index >> 8}.${index & 255}`;
  return {
    ...meta(`node-${index}`, undefined, { labels: { "kubernetes.io/hostname": `node-${index}` } }),
    spec: { podCIDRs: [`10.${third}.0/24`, `fd00:0:${index.toString(16)}::/64`] },
    status: {
      addresses: [`192.168.${third}`, `2001:db8::${index.toString(16)}`].map((address) => ({
        type: "InternalIP",
        address,
      })),
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady", lastHeartbeatTime: timeOf(index) }],
      nodeInfo: { kernelVersion: "6.12.0", kubeletVersion: "v1.36.0" },
      images: Array.from({ length: 40 }, (_, at) => ({ names: [`registry.example/app-${at}:1.2.3`], sizeBytes: at })),
    },
  };
}

function service(index: number) {
  return {
    ...meta(`app-${index}`, namespaceOf(index)),
    spec: {
      clusterIPs: [`10.96.${index >> 8}.${index & 255}`],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      selector: { app: `app-${index}` },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    },
    status: { loadBalancer: {} },
  };
}

function endpointSlice(index: number) {
  const endpoints = Array.from({ length: podsOfDeployment }, (_, at) => ({
    addresses: [`10.0.${index & 255}.${at}`],
    conditions: { ready: true },
    targetRef: { kind: "Pod", name: `app-${index}-${at}`, namespace: namespaceOf(index) },
  }));
  const labels = { "kubernetes.io/service-name": `app-${index}` };
  return { ...meta(`app-${index}-abc`, namespaceOf(index), { labels }), addressType: "IPv4", endpoints, ports: [] };
}

/** With what the API server adds: who last wrote each field is a good part of an object. */
function meta(name: string, namespace?: string, rest: object = {}) {
  const fields = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f:field${at}`, { "f:name": {} }]));
  return {
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      uid: uid(name.length),
      resourceVersion: "123456789",
      creationTimestamp: timeOf(name.length),
      ...rest,
      managedFields: [{ manager: "kubelet", operation: "Update", apiVersion: "v1", fieldsV1: { "f:spec": fields } }],
    },
  };
}

function namespaceOf(deployment: number): string {
  return `team-${Math.floor(deployment / 10)}`;
}

function uid(of: number): string {
  return `${of.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
}

function timeOf(index: number): string {
  return new Date(1_790_000_000_000 + index * 1000).toISOString();
}
