import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { zoneOf } from "../dns/records.ts";
import { Enforcer } from "../net/enforce.ts";
import { clusterObjects } from "../objects/cluster.ts";
import { type ApiObject, now, object } from "../objects/object.ts";
import { serviceObjects } from "../objects/services.ts";
import { workloads } from "../objects/workloads.ts";
import { type LabOptions, type LabPlan, outside, planLab } from "../plan.ts";
import { loadOptions, recordProcess } from "../state.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { Control } from "./control.ts";
import { reconcileSlices } from "./endpoints.ts";
import { Lists } from "./list.ts";
import { findResource, type Resource } from "./resources.ts";
import { type Backend, serve, serveUpgrade } from "./server.ts";
import { Store } from "./store.ts";

/**
 * The process behind a lab: the Kubernetes API over TLS on a loopback port, the controllers that make its objects true in
 * the namespaces, and the DNS server. Started with the lab's directory; tells its parent "ready" once all of it stands.
 */
const directory = process.argv[2] ?? "";
const plan = planLab(loadOptions(directory) as LabOptions);
const store = new Store();
const lists = new Lists(store);
const control = new Control(store, lists);
const { objects, pods } = workloads(plan);
for (const each of [...clusterObjects(plan), ...objects, ...pods.map(({ pod }) => pod), ...serviceObjects(plan)])
  store.seed(each);
for (const { pod } of pods) store.seed(startedEvent(pod));
reconcileSlices(store);

const tokens = new Map(Object.keys(control.roles).map((role) => [randomBytes(24).toString("base64url"), role]));
const containers = new Map(
  pods.map(({ pod, container }) => [`${pod.metadata.namespace}/${pod.metadata.name}`, container]),
);
const certificates = await makeCertificates([
  "127.0.0.1",
  "::1",
  "10.96.0.1",
  "fd00:10:96::1",
  ...plan.nodes.flatMap((node) => Object.values(node.addresses)),
]);

// The namespaces exist only when the parent says so; until then the certificates and the objects have been made.
await new Promise<void>((resolve) => process.once("message", () => resolve()));
const enforcer = new Enforcer(plan, store);
const dns = startDns();
const settle = serialized(async () => {
  reconcileSlices(store);
  await Promise.all([enforcer.apply(), dns.then((send) => send())]);
});
await settle();

const backend: Backend = { directory, store, lists, control, tokens, containers, settled: settle };
const server = createServer(
  { cert: certificates.certificate, key: certificates.key },
  (request, response) => void serve(backend, request, response),
);
server.on("upgrade", (request, socket, head) => void serveUpgrade(backend, request, socket, head));
control.listen(join(directory, "control.sock"));
server.listen(0, "127.0.0.1", () => {
  writeFileSync(join(directory, "kubeconfig"), kubeconfig(plan, certificates, (server.address() as AddressInfo).port), {
    mode: 0o600,
  });
  process.send?.("ready");
  process.disconnect?.();
});

/** Starts the DNS server in its own network and resolves to what sends it the zone and waits until it is loaded. */
async function startDns(): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL("../dns/server.ts", import.meta.url));
  const child = fork(script, [], {
    execPath: "/usr/bin/nsenter",
    execArgv: [`--net=/run/netns/${plan.dns.netns}`, process.execPath],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  recordProcess(directory, "dns", child.pid ?? 0);
  await new Promise<void>((resolve) => child.once("message", () => resolve()));
  const list = (group: string, name: string) => store.list(findResource(group, "v1", name) as Resource);
  return () => {
    const corefile =
      store.get(findResource("", "v1", "configmaps") as Resource, "kube-system", "coredns")?.data?.Corefile ?? "";
    const beyond = Object.fromEntries(plan.families.map((family) => [family, outside[family]]));
    child.send(zoneOf(list("", "services"), list("discovery.k8s.io", "endpointslices"), corefile, beyond));
    return new Promise((resolve) => child.once("message", () => resolve()));
  };
}

/** Runs at most one at a time; who calls while one runs shares the next run, which sees what they wrote. */
function serialized(work: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running.then(() => {
      next = undefined;
      running = work();
      return running;
    });
    return next;
  };
}

function startedEvent(pod: ApiObject): ApiObject {
  const { name, namespace = "", uid } = pod.metadata;
  const container = pod.spec.containers[0].name;
  return object(
    "v1",
    "Event",
    { name: `${name}.${uid.slice(0, 13).replace("-", "")}`, namespace },
    {
      involvedObject: {
        kind: "Pod",
        namespace,
        name,
        uid,
        apiVersion: "v1",
        fieldPath: `spec.containers{${container}}`,
      },
      reason: "Started",
      message: `Started container ${container}`,
      source: { component: "kubelet", host: pod.spec.nodeName },
      firstTimestamp: now(),
      lastTimestamp: now(),
      count: 1,
      type: "Normal",
    },
  );
}

/** A kubeconfig with one context a role, "NAME" being the administrator's. */
function kubeconfig(of: LabPlan, made: Certificates, port: number): string {
  const lab = of.options.name;
  const users = [...tokens].map(([token, role]) => ({ name: `${lab}-${role}`, user: { token } }));
  const contexts = [...tokens.values()].map((role) => ({
    name: role === "admin" ? lab : `${lab}-${role}`,
    context: { cluster: lab, user: `${lab}-${role}`, namespace: "default" },
  }));
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    "certificate-authority-data": Buffer.from(made.ca).toString("base64"),
  };
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: lab, cluster }],
    users,
    contexts,
    "current-context": lab,
  });
}
