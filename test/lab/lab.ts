import { fork } from "node:child_process";

import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Misbehaviour } from "./api/control.ts";
import { removeGroups } from "./cgroups.ts";
import { callApi } from "./client.ts";
import { type Container, nodeContainer, podContainer, startContainer } from "./containers.ts";
import { buildImages } from "./images.ts";
import { bytesOf } from "./limits.ts";
import { startAdvertising } from "./net/advertise.ts";
import { buildNodes, restoreRoutes } from "./net/nodes.ts";
import { startNoise } from "./net/noise.ts";
import { laterNetns } from "./net/pod.ts";
import { buildUnderlay } from "./net/underlay.ts";
import type { Any } from "./objects/object.ts";
import { hostContainers } from "./objects/workloads.ts";
import { completeOptions, type LabOptions } from "./options.ts";
import { cacheDirectory, type LabPlan, planLab, stateDirectory } from "./plan.ts";
import { whyNoLab } from "./requirements.ts";
import { type Finished, inNetns, ipBatch, run } from "./run.ts";
import { end, isAlive, loadOptions, recordedProcesses, recordProcess, removeState, saveOptions } from "./state.ts";

/** A lab that is up. */
export interface Lab {
  name: string;
  plan: LabPlan;
  /** The path of a kubeconfig (mode 0600) with a context per role: NAME, NAME-viewer, NAME-limited ... */
  kubeconfig: string;
  /** Runs an argv in a network namespace, by its short name ("n1", "n1-p1", "dns", "out", "gw"), as if by hand. */
  exec(netns: string, argv: readonly string[]): Promise<Finished>;
  /** Restarts a pod's web server on other addresses: "[::]:8080" is both families, "0.0.0.0:8080" IPv4 only. */
  serve(pod: string, listen: string): Promise<void>;
  /** Asks the API as the administrator and returns the body; throws, with the Status's message, for 400 and above. */
  api(method: string, path: string, body?: unknown, contentType?: string): Promise<Any>;
  /** Makes a node's routes to the other nodes' pods again. */
  restoreRoutes(node: string): Promise<void>;
  /** Makes the API server slow, cut connections, expire its history, or narrows a role. */
  control(wanted: Misbehaviour): Promise<void>;
  /** Every request to the API so far that was none to read, in order: "POST /api/v1/namespaces/default/pods 201". */
  writes(agent?: string): string[];
  /** Takes the lab down, every trace of it. */
  stop(): Promise<void>;
}

/** Builds a lab and resolves once its API answers, its DNS is loaded and its pods listen. Throws saying why it cannot. */
export async function startLab(asked: Partial<LabOptions> = {}): Promise<Lab> {
  const options = completeOptions(asked);
  const why = await whyNoLab();
  if (why !== undefined) throw new Error(why);
  const plan = planLab(options);
  if (existsSync(plan.directory)) throw new Error(`a lab named ${options.name} is up already; take it down first`);
  saveOptions(plan.directory, options);
  try {
    await build(plan);
  } catch (error) {
    await stopLab(options.name);
    throw error;
  }
  return labOf(plan);
}

/** Opens a lab that another process has started; undefined where none of this name is up. */
export function openLab(name: string): Lab | undefined {
  const options = loadOptions(stateDirectory(name));
  return options && labOf(planLab(options));
}

async function build(plan: LabPlan): Promise<void> {
  const api = startApi(plan);
  const used = [
    "coredns",
    "busybox",
    ...plan.pods.map((pod) => pod.image),
    ...hostContainers(plan, plan.nodes[0] as never).map(({ image }) => image),
  ];
  await together([
    buildImages(join(plan.directory, "images"), used, false, plan.options.scripts),
    buildUnderlay(plan).then(() => buildNodes(plan)),
  ]);
  for (const netns of [...plan.nodes, ...plan.pods, plan.dns].map((each) => each.netns)) writeNetnsFiles(plan, netns);
  await together([api(), startContainers(plan), plan.options.ra ? startAdvertising(plan) : undefined]);
  if (plan.options.noise) await startNoise(plan);
}

/** Waits for all before it throws what the first failed of: taking down what is still being built would leave some of it. */
async function together(works: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}

/** Starts the API's process at once, to make its certificates meanwhile; the result tells it that the namespaces are there. */
function startApi(plan: LabPlan): () => Promise<void> {
  const script = fileURLToPath(new URL("api/main.ts", import.meta.url));
  const log = join(plan.directory, "api.log");
  const file = openSync(log, "a", 0o600);
  const child = fork(script, [plan.directory], {
    detached: true,
    stdio: ["ignore", file, file, "ipc"],
    // A lab is often made anew, of the same sources.
    env: { NODE_COMPILE_CACHE: join(cacheDirectory, "compiled"), ...process.env },
  });
  closeSync(file);
  recordProcess(plan.directory, "api", child.pid ?? 0);
  const failed = new Promise<never>((_, reject) => {
    child.once("exit", (code) =>
      reject(
        new Error(
          `the API server ended with ${code} while starting:\n${existsSync(log) ? readFileSync(log, "utf8") : ""}`,
        ),
      ),
    );
  });
  // It may end long before anybody waits for it.
  failed.catch(() => {});
  const ready = () =>
    new Promise<void>((resolve) => {
      child.once("message", () => {
        child.removeAllListeners("exit");
        child.disconnect();
        child.unref();
        resolve();
      });
      if (child.connected) child.send("build");
    });
  return () => Promise.race([ready(), failed]);
}

async function startContainers(plan: LabPlan): Promise<void> {
  const nodes = plan.nodes.flatMap((node) =>
    hostContainers(plan, node).map(({ id, image, set }) => ({
      ...nodeContainer(node.netns, node.name, id, image),
      limits: plan.options.limits[set] ?? {},
      ...(plan.options.holds[set] ? { first: bytesOf(plan.options.holds[set]) } : {}),
    })),
  );
  const { port: _unused, ...ordinary } = podContainer(plan, plan.dns);
  const dns: Container = { ...ordinary, command: ["/sleep", "2147483"], first: "itself" };
  const beyond: Container = {
    ...dns,
    id: "outside",
    port: 80,
    netns: plan.outside,
    image: "busybox",
    hostname: "outside",
    command: ["/httpd", "-f", "-p", "[::]:80", "-h", "/www"],
  };
  await Promise.all(
    [...plan.pods.map((pod) => podContainer(plan, pod)), dns, beyond, ...nodes].map((each) =>
      startContainer(plan.directory, each),
    ),
  );
}

/** `ip netns exec` puts these over /etc, so that a command run by hand resolves names as the pod does. */
function writeNetnsFiles(plan: LabPlan, netns: string): void {
  const pod = [...plan.pods, plan.dns].find((each) => each.netns === netns);
  if (!pod) return;
  const { resolvConf, hosts } = podContainer(plan, pod);
  mkdirSync(`/etc/netns/${netns}`, { recursive: true });
  writeFileSync(`/etc/netns/${netns}/resolv.conf`, resolvConf);
  writeFileSync(`/etc/netns/${netns}/hosts`, hosts);
}

function labOf(plan: LabPlan): Lab {
  const { name } = plan.options;
  return {
    name,
    plan,
    kubeconfig: join(plan.directory, "kubeconfig"),
    exec: (netns, argv) => run(inNetns(`${name}-${netns}`, argv)),
    serve: async (podName, listen) => {
      const pod = plan.pods.find((each) => each.name === podName);
      if (!pod) throw new Error(`the lab ${name} has no pod ${podName}`);
      await startContainer(plan.directory, podContainer(plan, pod, listen));
    },
    api: (method, path, body, contentType) =>
      callApi(join(plan.directory, "kubeconfig"), method, path, body, contentType),
    restoreRoutes: (nodeName) => restoreRoutes(plan, nodeName),
    control: (wanted) => putControl(join(plan.directory, "control.sock"), wanted),
    writes: (agent) => writesIn(plan.directory, agent),
    stop: () => stopLab(name),
  };
}

function writesIn(directory: string, agent: string | undefined): string[] {
  const path = join(directory, "writes.log");
  // The last line may be half written.
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  const all = lines.map((line) => JSON.parse(line));
  return all
    .filter((each) => agent === undefined || each.agent === agent)
    .map(({ method, path: asked, code }) => `${method} ${asked} ${code}`);
}

function putControl(socketPath: string, wanted: Misbehaviour): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method: "PUT", path: "/" }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(text))));
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(wanted));
  });
}

/** Takes a lab down by name, from any process: its processes, namespaces and files. Nothing happens where there is none. */
export async function stopLab(name: string): Promise<void> {
  const directory = stateDirectory(name);
  const options = loadOptions(directory);
  // A directory without options is what a start that failed at once has left.
  if (!options) return removeState(directory);
  const plan = planLab(options);
  for (const each of recordedProcesses(directory)) end(each);
  const existing = [
    plan.switch,
    plan.outside,
    ...[...plan.nodes, ...plan.pods, plan.dns].map((each) => each.netns),
    ...laterNetns(plan.options.name),
  ].filter((netns) => existsSync(`/run/netns/${netns}`));
  await ipBatch(
    "",
    existing.map((netns) => `netns del ${netns}`),
  );
  await removeGroups(basename(directory));
  for (const netns of existing) rmSync(`/etc/netns/${netns}`, { recursive: true, force: true });
  removeState(directory);
}

/** Which of a lab's processes run, for `status`. */
export function runningProcesses(plan: LabPlan): string[] {
  return recordedProcesses(plan.directory)
    .filter(isAlive)
    .map(({ what, pid }) => `${what} (${pid})`);
}
