import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeGroups, membersOf, removeGroups } from "./cgroups.ts";
import { bytesOf, type Limits } from "./limits.ts";
import { kubeDns, type LabPlan, type PodPlan, router } from "./plan.ts";
import { end, forgetProcess, isAlive, recordedProcesses, recordProcess } from "./state.ts";

/** A container to run: whose network it is in, from which image, and its pid 1. */
export interface Container {
  /** Unique in the lab: "n1-p1", "kube-flannel-ds-n1". */
  id: string;
  netns: string;
  image: string;
  hostname: string;
  resolvConf: string;
  hosts: string;
  command: string[];
  limits: Limits;
  /** Its pid 1: the command itself, or `sleep`, which waits for nobody, or so many bytes: the same, and it holds them. */
  first: "itself" | "sleep" | number;
  /** Who its programs run as; root unless said. */
  user?: number;
  /** Nothing of its image can be written to. */
  readOnly?: boolean;
  /** It sees the processes of the machine, as a pod with hostPID those of its node. */
  hostPid?: boolean;
  /** A TCP port its pid 1 must listen on before the container counts as started. */
  port?: number;
  /** What its pid 1 finds in its environment beside what all do. */
  environment?: Record<string, string>;
  /** Files by their name in folders that are mounted, as those of a ConfigMap. */
  folders?: Record<string, Record<string, string>>;
  /** What its pid 1 says is its log, and it has a /dev/termination-log. */
  speaks?: boolean;
}

/** One that was started. */
export interface Started {
  /** The exit code of its pid 1, or 137 where it was killed. */
  readonly ended: Promise<number>;
}

/** A container's parameters, as the process that may have to start it again needs them. */
export function savedContainer(lab: string, id: string): Container {
  return JSON.parse(readFileSync(join(containerDirectory(lab, id), "container.json"), "utf8"));
}

/** Where the parts of a container are kept. */
export function containerDirectory(lab: string, id: string): string {
  return join(lab, "containers", id);
}

/** What a container has said, beyond that it listens; of its life before this one where it was started again. */
export function logOf(lab: string, id: string, life: "this" | "previous" = "this"): string {
  return join(containerDirectory(lab, id), life === "this" ? "log" : "previous-log");
}

/** The container of an ordinary pod: the web server of its image on port 8080 of every address. */
export function podContainer(
  plan: LabPlan,
  pod: PodPlan,
  listen = plan.options.families === "ipv4" ? "0.0.0.0:8080" : "[::]:8080",
): Container {
  const servers = plan.families.map((family) => `nameserver ${kubeDns[family]}`);
  const { domain, limits, holds, reaps } = plan.options;
  const search = `search ${pod.namespace}.svc.${domain} svc.${domain} ${domain}`;
  const held = holds[pod.name];
  const own = plan.families.flatMap((family) => (pod.addresses[family] ? `${pod.addresses[family]}\t${pod.name}` : []));
  return {
    id: pod.name,
    netns: pod.netns,
    image: pod.image,
    hostname: pod.name,
    resolvConf: [search, ...servers, "options ndots:5", ""].join("\n"),
    hosts: ["# Kubernetes-managed hosts file.", ...localHosts, ...own, ""].join("\n"),
    command: ["/httpd", "-f", "-p", listen, "-h", "/www"],
    port: Number(listen.split(":").at(-1)),
    limits: limits[pod.name] ?? {},
    first: held === undefined ? (reaps ? "itself" : "sleep") : bytesOf(held),
  };
}

/** The container of a hostNetwork pod: the node's own network, with nothing to do but be there. */
export function nodeContainer(netns: string, node: string, id: string, image: string): Container {
  return {
    id,
    netns,
    image,
    hostname: node,
    resolvConf: `nameserver ${router.IPv4}\nnameserver ${router.IPv6}\n`,
    hosts: [...localHosts, ""].join("\n"),
    command: ["/sleep", "2147483"],
    limits: {},
    first: "itself",
  };
}

const localHosts = ["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback"];
const script = fileURLToPath(new URL("container.sh", import.meta.url));

/** What its program left as its last words. */
export function lastWordsOf(lab: string, id: string): string {
  const path = join(containerDirectory(lab, id), "termination-log");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Starts a container (again: one that is running under this id is ended first) and resolves once it runs. */
export async function startContainer(lab: string, container: Container): Promise<Started> {
  await endContainer(lab, container.id);
  const own = containerDirectory(lab, container.id);
  rmSync(join(own, "pid"), { force: true });
  mkdirSync(join(own, "root"), { recursive: true });
  writeFileSync(join(own, "container.json"), JSON.stringify(container));
  writeFileSync(join(own, "groups"), groupsFor(lab, container));
  writeFileSync(join(own, "resolv.conf"), container.resolvConf);
  writeFileSync(join(own, "hosts"), container.hosts);
  writeFileSync(join(own, "hostname"), `${container.hostname}\n`);
  writeFileSync(join(own, "mounts"), mountsOf(own, container));
  const enter = ["--net", `/run/netns/${container.netns}`].join("=");
  const apart = container.hostPid ? [] : ["--pid", "--fork", "--kill-child"];
  const isolate = ["unshare", "--mount", "--uts", "--ipc", ...apart, "--propagation", "private"];
  const said = container.speaks ? openSync(logOf(lab, container.id), "a") : undefined;
  const child = spawn(
    "nsenter",
    [
      enter,
      ...isolate,
      "sh",
      script,
      join(lab, "images", container.image),
      own,
      container.hostname,
      `${container.first}`,
      ...container.command,
    ],
    {
      detached: true,
      stdio: ["ignore", said ?? "ignore", said ?? "ignore"],
      env: {
        ...containerEnvironment(container.hostname),
        ...container.environment,
        CONTAINER_USER: `${container.user ?? 0}`,
        CONTAINER_READ_ONLY: container.readOnly ? "1" : "",
      },
    },
  );
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 137)));
  child.unref();
  if (said !== undefined) closeSync(said);
  // Until it is known by its own pid, what becomes of it hangs on the process that makes it.
  recordProcess(lab, `starting-${container.id}`, child.pid ?? 0);
  await poll(`the container ${container.id} to start`, () => existsPid(own));
  const pid = Number(readFileSync(join(own, "pid"), "utf8"));
  recordProcess(lab, `container-${container.id}`, pid);
  const { port } = container;
  if (port !== undefined) await poll(`${container.id} to listen on ${port}`, () => listens(pid, port));
  return { ended };
}

/** Writes what is mounted into a container: a line for each, what and where. */
function mountsOf(own: string, { folders = {}, speaks = false }: Container): string {
  const mounts = Object.entries(folders).map(([path, files], index) => {
    const folder = join(own, `folder${index}`);
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return `${folder} ${path}\n`;
  });
  const words = join(own, "termination-log");
  if (speaks) {
    writeFileSync(words, "");
    // A kubelet lets everybody write into it.
    chmodSync(words, 0o666);
  }
  return `${mounts.join("")}${speaks ? `${words} /dev/termination-log\n` : ""}`;
}

/** Ends a container as a kubelet would at once; its network namespace stays. */
export async function endContainer(lab: string, id: string): Promise<void> {
  const running = recordedProcesses(lab).find((process) => process.what === `container-${id}`);
  if (!running) return;
  // Whoever finds it dead and still on record starts it again, as a kubelet does.
  forgetProcess(lab, running.what);
  end(running);
  // Where it is not the first of its processes, its end is not theirs.
  for (const pid of savedContainer(lab, id).hostPid ? membersOf(basename(lab), id) : []) kill(pid);
  // Its sockets are closed only when it is gone; until then a successor could not listen on the same port.
  await poll(`the container ${id} to end`, () => !isAlive(running));
  await removeGroups(basename(lab), id);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** The groups of a container, a line each; a machine that has none it may use runs containers without limits outside of any. */
function groupsFor(lab: string, { id, limits }: Container): string {
  try {
    return makeGroups(basename(lab), id, limits)
      .map((group) => `${group}\n`)
      .join("");
  } catch (error) {
    if (Object.keys(limits).length > 0) throw error;
    return "";
  }
}

async function poll(what: string, condition: () => boolean): Promise<void> {
  // On a machine that is busy with other things it takes long, and is no fault.
  const deadline = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited two minutes for ${what}`);
    await wait(5);
  }
}

/** Whether anything in the network of a process listens (state 0A) on a TCP port, as /proc/net/tcp and tcp6 list it. */
function listens(pid: number, port: number): boolean {
  const row = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, "0")} \\S+ 0A `);
  return ["tcp", "tcp6"].some((table) => row.test(readFileSync(`/proc/${pid}/net/${table}`, "utf8")));
}

function existsPid(own: string): boolean {
  return statSync(join(own, "pid"), { throwIfNoEntry: false }) !== undefined;
}

/** The pid of a running container as the machine sees it; undefined when it is not running. */
export function containerPid(lab: string, id: string): number | undefined {
  const path = join(containerDirectory(lab, id), "pid");
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const pid = Number(readFileSync(path, "utf8"));
  const recorded = recordedProcesses(lab).find((process) => process.what === `container-${id}`);
  return recorded && !isAlive(recorded) ? undefined : pid;
}

/** What a process in a container finds in its environment. */
export function containerEnvironment(hostname: string): Record<string, string> {
  return { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOSTNAME: hostname, HOME: "/root" };
}
