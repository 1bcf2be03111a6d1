import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { flushCompileCache } from "node:module";
import type { AddressInfo, ListenOptions } from "node:net";
import { join } from "node:path";
import { endContainer, logOf } from "../containers.ts";
import { zoneOf } from "../dns/records.ts";
import { Enforcer } from "../net/enforce.ts";
import { clusterObjects } from "../objects/cluster.ts";
import { type ApiObject, now, object } from "../objects/object.ts";
import { serviceObjects } from "../objects/services.ts";
import { workloads } from "../objects/workloads.ts";
import { dnsNames, type LabOptions } from "../options.ts";
import { outside, planLab } from "../plan.ts";
import { loadOptions } from "../state.ts";
import { makeCertificates } from "./certificates.ts";
import { Control } from "./control.ts";
import { Controllers } from "./controllers.ts";
import { reconcileSlices } from "./endpoints.ts";
import { startInside } from "./inside.ts";
import { reconcileAddresses } from "./ip-addresses.ts";
import { keepRunning } from "./keep-running.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { Kubelet } from "./kubelet.ts";
import { Lists } from "./list.ts";
import { applyPatch } from "./patch.ts";
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
const seeds = [...clusterObjects(plan), ...objects, ...pods.map(({ pod }) => pod), ...serviceObjects(plan)].map(asMade);
for (const each of [...seeds, ...pods.map(({ pod }) => startedEvent(pod))]) store.seed(each);
reconcileSlices(store);
reconcileAddresses(store);

const tokens = new Map(Object.keys(control.roles).map((role) => [randomBytes(24).toString("base64url"), role]));
const containers = new Map(
  pods.map(({ pod, container }) => [`${pod.metadata.namespace}/${pod.metadata.name}`, container]),
);
const nodeAddresses = plan.nodes.flatMap((node) => Object.values(node.addresses));
const certificates = await makeCertificates(["127.0.0.1", "::1", "10.96.0.1", "fd00:10:96::1", ...nodeAddresses]);

store.on("change", ({ type, resource, object: { metadata } }) => {
  const container = containers.get(`${metadata.namespace}/${metadata.name}`);
  if (type === "DELETED" && resource === "v1/pods" && container) void endContainer(directory, container);
});

// The namespaces exist only when the parent says so; until then the certificates and the objects have been made.
await new Promise<void>((resolve) => process.once("message", () => resolve()));
const enforcer = new Enforcer(plan, store);
const inside = join(directory, "api.sock");
const loadZone = startDns();
const settle = serialized(async () => {
  reconcileSlices(store);
  reconcileAddresses(store);
  await Promise.all([enforcer.apply(), loadZone.then((load) => load())]);
});
const { notReady, holdStdin } = plan.options;
const backend: Backend = { directory, store, lists, control, tokens, containers, notReady, holdStdin, settled: settle };
await Promise.all([settle(), listen({ path: inside }).then(() => startForwarding())]);
control.listen(join(directory, "control.sock"));
keepRunning(directory, store, containers);
new Kubelet(plan, store, containers, settle);
new Controllers(store);
const { port } = (await listen({ host: "127.0.0.1", port: 0 })) as AddressInfo;
const config = kubeconfig(plan.options.name, certificates.ca, port, tokens);
writeFileSync(join(directory, "kubeconfig"), config, { mode: 0o600 });
process.send?.("ready");
process.disconnect?.();
// It is ended by force, and would leave nothing compiled to the next.
flushCompileCache();

/** An object with what the lab's options say of it. */
function asMade(seed: ApiObject): ApiObject {
  const more = plan.options.objects[`${seed.kind}/${seed.metadata.name}`];
  return more === undefined ? seed : (applyPatch("application/merge-patch+json", seed, more) as ApiObject);
}

/** Serves the API on one more address and resolves to it. */
function listen(on: ListenOptions): Promise<AddressInfo | string | null> {
  const server = createServer(
    { cert: certificates.certificate, key: certificates.key },
    (request, response) => void serve(backend, request, response),
  );
  server.on("upgrade", (request, socket, head) => void serveUpgrade(backend, request, socket, head));
  return new Promise((resolve) => server.listen(on, () => resolve(server.address())));
}

/** The API as pods reach it, behind the address of the Service `kubernetes`. */
async function startForwarding(): Promise<void> {
  const netns = plan.nodes[0]?.netns ?? "";
  await startInside({ directory, netns, what: "api-forward", script: "forward.ts", argv: [inside] });
}

/** Starts the DNS server in its own network and resolves to what sends it the zone and waits until it is loaded. */
async function startDns(): Promise<() => Promise<void>> {
  const { netns } = plan.dns;
  const dns = dnsNames(plan.options);
  const child = await startInside({
    directory,
    netns,
    what: "dns",
    script: "../dns/server.ts",
    argv: [logOf(directory, plan.dns.name)],
  });
  const list = (group: string, name: string) => store.list(findResource(group, "v1", name) as Resource);
  const beyond = Object.fromEntries(plan.families.map((family) => [family, outside[family]]));
  return () => {
    const configMap = store.get(findResource("", "v1", "configmaps") as Resource, dns.namespace, dns.workload);
    const slices = list("discovery.k8s.io", "endpointslices");
    child.send(zoneOf(list("", "services"), slices, configMap?.data?.Corefile ?? "", beyond, plan.options.domain));
    return new Promise((resolve) => child.once("message", () => resolve()));
  };
}

/** Runs at most one at a time; who calls while one runs shares the next run, which sees what they wrote. */
function serialized(work: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    // A run that failed was its own callers' to hear of; the next one starts all the same.
    next ??= running
      .catch(() => {})
      .then(() => {
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
  const involvedObject = {
    kind: "Pod",
    namespace,
    name,
    uid,
    apiVersion: "v1",
    fieldPath: `spec.containers{${container}}`,
  };
  return object(
    "v1",
    "Event",
    { name: `${name}.${uid.slice(0, 13).replace("-", "")}`, namespace },
    {
      involvedObject,
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
