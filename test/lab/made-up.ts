import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Family } from "#core/addresses/address.ts";
import type { DialOutcome } from "#core/ring/results.ts";
import { Control } from "./api/control.ts";
import { Controllers } from "./api/controllers.ts";
import { Lists } from "./api/list.ts";
import { findResource, type Resource } from "./api/resources.ts";
import { type Backend, serve } from "./api/server.ts";
import { Store } from "./api/store.ts";
import { type Any, type ApiObject, now, object } from "./objects/object.ts";

const pods = findResource("", "v1", "pods") as Resource;
const configMaps = findResource("", "v1", "configmaps") as Resource;

/** What really happens to a dial, by the names of the nodes. */
export type Truth = (from: string, to: string, family: Family) => DialOutcome;

export interface MadeUp {
  readonly nodes: readonly ApiObject[];
  /** Pods that run already, evenly on the nodes. */
  readonly pods?: number;
  readonly truth: Truth;
  /** Milliseconds that a kubelet takes at most to run a pod; 50 if not said. */
  readonly starting?: number;
  /** Who asks, of the lab's roles; admin if not said. */
  readonly role?: string;
  /** Names of nodes whose kubelet runs nothing. */
  readonly dead?: readonly string[];
}

export interface MadeUpCluster {
  readonly kubeconfig: string;
  readonly store: Store;
  /** Requests since the start, by method. */
  readonly requests: Record<string, number>;
  /** All that has the label of something of ours. */
  ours(): string[];
  close(): void;
}

/** The lab's API and controllers with no network behind them: kubelets that say what a made-up truth says. Any number of nodes. */
export async function serveMadeUp(made: MadeUp): Promise<MadeUpCluster> {
  const store = new Store();
  const lists = new Lists(store);
  const control = new Control(store, lists);
  for (const name of ["default", "shop"])
    store.seed(object("v1", "Namespace", { name }, { status: { phase: "Active" } }));
  for (const node of made.nodes) store.seed(node);
  for (let index = 0; index < (made.pods ?? 0); index++) store.seed(workload(index, made.nodes));
  const said = new Map<string, string>();
  kubelets(store, made, said);
  new Controllers(store);
  const directory = mkdtempSync(join(tmpdir(), "made-up-"));
  const backend: Backend = {
    directory,
    store,
    lists,
    control,
    tokens: new Map([["made-up", made.role ?? "admin"]]),
    containers: new Map(),
    notReady: [],
    logs: (pod) => said.get(pod.metadata.uid) ?? "",
    holdStdin: false,
    settled: async () => {},
  };
  const requests: Record<string, number> = {};
  const server = createServer((request, response) => {
    requests[request.method ?? ""] = (requests[request.method ?? ""] ?? 0) + 1;
    void serve(backend, request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: JSON.stringify(kubeconfigOf(`http://127.0.0.1:${port}`)),
    store,
    requests,
    ours: () => oursIn(store),
    close: () => {
      rmSync(directory, { recursive: true });
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Nodes of three zones, both families, and what a caller has to say of each besides. */
export function madeUpNodes(count: number, more: (index: number) => Any = () => ({})): ApiObject[] {
  return Array.from({ length: count }, (_, index) => {
    const { labels, annotations, spec, status } = more(index);
    const third = `${index >> 8}.${index & 255}`;
    return object(
      "v1",
      "Node",
      {
        name: `node-${index}`,
        labels: {
          "kubernetes.io/hostname": `node-${index}`,
          "kubernetes.io/os": "linux",
          "topology.kubernetes.io/zone": `zone-${"abc"[index % 3]}`,
          "node.kubernetes.io/instance-type": index % 5 === 0 ? "large" : "small",
          ...labels,
        },
        annotations: { "flannel.alpha.coreos.com/backend-type": "vxlan", ...annotations },
      },
      {
        spec: { podCIDRs: [`10.${third}.0/24`, `fd00:0:${index.toString(16)}::/64`], ...spec },
        status: {
          addresses: [`192.168.${third}`, `2001:db8::${(index + 1).toString(16)}`].map((address) => ({
            type: "InternalIP",
            address,
          })),
          conditions: [{ type: "Ready", status: "True" }],
          allocatable: { cpu: index % 5 === 0 ? "16" : "4", pods: "110" },
          nodeInfo: { kernelVersion: "6.12.0", osImage: "Linux 1", architecture: "amd64", kubeletVersion: "v1.36.0" },
          ...status,
        },
      },
    );
  });
}

function workload(index: number, nodes: readonly ApiObject[]): ApiObject {
  const node = nodes[index % nodes.length]?.metadata.name;
  const ips = [`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, `fd00:1::${index.toString(16)}`];
  return object(
    "v1",
    "Pod",
    { name: `app-${index}`, namespace: "shop", labels: { app: `app-${index >> 5}` } },
    {
      spec: { nodeName: node, containers: [{ name: "web", image: "registry.example/web:1" }] },
      status: { phase: "Running", podIPs: ips.map((ip) => ({ ip })), podIP: ips[0] },
    },
  );
}

/** Each runs what comes to its node, and says of dials what is true. */
function kubelets(store: Store, { nodes, truth, starting = 50, dead = [] }: MadeUp, said: Map<string, string>): void {
  const named = new Map(nodes.map((node, index) => [node.metadata.name, { node, index }]));
  let read = { plan: "", ...readPlan("") };
  let count = 0;
  store.on("change", ({ type, resource, object: pod }) => {
    const own = named.get(pod.spec?.nodeName ?? "");
    if (type !== "ADDED" || resource !== "v1/pods" || !own || dead.includes(pod.spec.nodeName)) return;
    const number = ++count;
    setTimeout(() => run(pod, number), Math.random() * starting).unref();
  });

  function run(pod: ApiObject, number: number): void {
    const { namespace, name, uid } = pod.metadata;
    if (store.get(pods, namespace, name)?.metadata.uid !== uid) return;
    said.set(uid, logOf(pod));
    const ips = [`10.128.${number >> 8}.${number & 255}`, `fd00:2::${number.toString(16)}`];
    const status = {
      phase: "Running",
      startTime: now(),
      podIP: ips[0],
      podIPs: ips.map((ip) => ({ ip })),
      conditions: ["PodScheduled", "Ready"].map((condition) => ({ type: condition, status: "True" })),
      containerStatuses: [{ name: "ring", ready: true, state: { running: { startedAt: now() } } }],
    };
    store.put(pods, { ...pod, status });
  }

  function logOf({ spec, metadata: { namespace } }: ApiObject): string {
    const map = (spec.volumes ?? [])[0]?.configMap?.name;
    if (map === undefined) return "";
    const plan: string = store.get(configMaps, namespace, map)?.data.plan ?? "";
    if (plan !== read.plan) read = { plan, ...readPlan(plan) };
    const { lines, to: all } = read;
    const to = all.get(spec.nodeName) ?? "-";
    const targets = to === "-" ? [] : to.split(",");
    const dials = targets.flatMap((index) =>
      (["IPv4", "IPv6"] as const).map((family) => {
        const outcome = truth(spec.nodeName, lines[Number(index)]?.[0] ?? "", family);
        return `d ${index} ${family.slice(-1)} ${outcome} ${outcome === "ok" ? 1 : 2}`;
      }),
    );
    return [...dials, "end", ""].join("\n");
  }
}

function readPlan(plan: string): { readonly lines: string[][]; readonly to: Map<string, string> } {
  const lines = plan
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  return { lines, to: new Map(lines.map(([node = "", , , , to = "-"]) => [node, to])) };
}

function oursIn(store: Store): string[] {
  const kinds = [
    ["batch", "jobs"],
    ["apps", "daemonsets"],
    ["", "configmaps"],
    ["", "pods"],
  ] as const;
  return kinds.flatMap(([group, name]) =>
    store
      .list(findResource(group, "v1", name) as Resource)
      .filter(({ metadata }) => metadata.labels?.["kube-ipv6/owner"] !== undefined)
      .map(({ metadata }) => `${name}/${metadata.name}`),
  );
}

function kubeconfigOf(server: string) {
  return {
    "current-context": "made-up",
    contexts: [{ name: "made-up", context: { cluster: "made-up", user: "me" } }],
    clusters: [{ name: "made-up", cluster: { server } }],
    users: [{ name: "me", user: { token: "made-up" } }],
  };
}
