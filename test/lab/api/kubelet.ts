import { basename, join } from "node:path";
import { containerHash } from "../cgroups.ts";
import {
  type Container,
  endContainer,
  lastWordsOf,
  nodeContainer,
  podContainer,
  startContainer,
} from "../containers.ts";
import { buildImages, imageCalled } from "../images.ts";
import { joinPod, laterPod, leavePod } from "../net/pod.ts";
import { type Any, type ApiObject, now } from "../objects/object.ts";
import type { LabPlan, NodePlan, PodPlan } from "../plan.ts";
import { findResource, type Resource } from "./resources.ts";
import type { Store } from "./store.ts";

const pods = findResource("", "v1", "pods") as Resource;
const configMaps = findResource("", "v1", "configmaps") as Resource;

/** A pod that came while the lab was up. */
interface Running {
  readonly key: string;
  /** Undefined with hostNetwork. */
  readonly network: PodPlan | undefined;
  ended: boolean;
}

/**
 * The part of a kubelet that runs what is created on a node later: pods, and ephemeral containers in pods that are there. It fetches
 * images, tells how far it is in the status, ends a pod whose deadline is over, and takes all of it away with the pod.
 */
export class Kubelet {
  readonly #plan: LabPlan;
  readonly #store: Store;
  readonly #containers: Map<string, string>;
  readonly #changed: () => Promise<void>;
  readonly #pods = new Map<string, Running>();
  readonly #images = new Map<string, Promise<void>>();
  #count = 0;

  /** `changed` is called once the addresses of pods have changed. */
  constructor(plan: LabPlan, store: Store, containers: Map<string, string>, changed: () => Promise<void>) {
    this.#plan = plan;
    this.#store = store;
    this.#containers = containers;
    this.#changed = changed;
    store.on("change", ({ type, resource, object }) => {
      if (resource !== "v1/pods") return;
      const work = type === "DELETED" ? this.#leave(object) : this.#see(object);
      work.catch((error) => console.error(`kubelet: ${error instanceof Error ? error.stack : error}`));
    });
  }

  async #see(pod: ApiObject): Promise<void> {
    const node = this.#plan.nodes.find(({ name }) => name === pod.spec.nodeName);
    if (!node || this.#plan.options.notReady.includes(node.name)) return;
    const key = keyOf(pod);
    if (!this.#containers.has(key) && !this.#pods.has(key)) await this.#start(pod, node);
    for (const container of pod.spec.ephemeralContainers ?? [])
      if (!this.#containers.has(`${key}/${container.name}`)) await this.#add(pod, container, node);
  }

  async #start(pod: ApiObject, node: NodePlan): Promise<void> {
    const key = keyOf(pod);
    const { hostNetwork, containers, activeDeadlineSeconds } = pod.spec;
    const { name, namespace = "" } = pod.metadata;
    const count = ++this.#count;
    const network = hostNetwork ? undefined : laterPod(this.#plan, node, name, namespace, count);
    const running: Running = { key, network, ended: false };
    this.#pods.set(key, running);
    if (network) await joinPod(this.#plan, node, network);
    const [spec] = containers;
    const image = await this.#fetch(pod, spec, "containerStatuses");
    // It may have been deleted meanwhile.
    if (image === undefined || running.ended) return this.#left(running);
    const id = `x${count}`;
    const { ended } = await startContainer(this.#plan.directory, this.#container(id, pod, spec, image, node, network));
    this.#containers.set(key, id);
    if (running.ended) return this.#left(running);
    this.#tell(key, (status) => ({
      ...status,
      phase: "Running",
      startTime: now(),
      ...addressesOf(this.#plan, node, network),
      conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({ type, status: "True" })),
      containerStatuses: [this.#status(spec, id, { running: { startedAt: now() } })],
    }));
    await this.#changed();
    if (activeDeadlineSeconds !== undefined)
      setTimeout(() => void this.#overdue(running, id), activeDeadlineSeconds * 1000).unref();
    void this.#watch(key, id, spec, "containerStatuses", ended);
  }

  /** One more container in the network of a pod. */
  async #add(pod: ApiObject, spec: Any, node: NodePlan): Promise<void> {
    const key = keyOf(pod);
    const id = `x${++this.#count}`;
    this.#containers.set(`${key}/${spec.name}`, id);
    const image = await this.#fetch(pod, spec, "ephemeralContainerStatuses");
    if (image === undefined) return;
    const network = [...this.#plan.pods, this.#plan.dns, ...this.#later()].find(
      (each) => each.name === pod.metadata.name && each.namespace === pod.metadata.namespace,
    );
    const { ended } = await startContainer(this.#plan.directory, this.#container(id, pod, spec, image, node, network));
    this.#tell(key, (status) =>
      withStatus(status, "ephemeralContainerStatuses", this.#status(spec, id, { running: { startedAt: now() } })),
    );
    void this.#watch(key, id, spec, "ephemeralContainerStatuses", ended);
  }

  #later(): PodPlan[] {
    return [...this.#pods.values()].flatMap(({ network }) => network ?? []);
  }

  #container(
    id: string,
    pod: ApiObject,
    spec: Any,
    image: string,
    node: NodePlan,
    network: PodPlan | undefined,
  ): Container {
    const base = network
      ? podContainer(this.#plan, { ...network, image })
      : nodeContainer(node.netns, node.name, id, image);
    const { port: _unused, ...rest } = base;
    const { runAsUser, readOnlyRootFilesystem } = spec.securityContext ?? {};
    return {
      ...rest,
      id,
      image,
      command: [...(spec.command ?? []), ...(spec.args ?? [])],
      limits: {},
      first: "itself",
      user: runAsUser ?? 0,
      readOnly: readOnlyRootFilesystem === true,
      hostPid: pod.spec.hostPID === true,
      environment: environmentOf(pod, spec, addressesOf(this.#plan, node, network)),
      folders: this.#foldersOf(pod, spec),
      speaks: true,
    };
  }

  /** The image to run; undefined where it cannot be had, which the status tells. */
  async #fetch(pod: ApiObject, spec: Any, list: string): Promise<string | undefined> {
    const image = imageCalled(spec.image);
    if (image === undefined) {
      const message = `failed to pull and unpack image "${spec.image}": failed to resolve reference: not found`;
      const waiting = (reason: string) => this.#status(spec, "", { waiting: { reason, message } });
      this.#tell(keyOf(pod), (status) => withStatus({ phase: "Pending", ...status }, list, waiting("ErrImagePull")));
      return undefined;
    }
    const building = this.#images.get(image) ?? buildImages(join(this.#plan.directory, "images"), [image], true);
    this.#images.set(image, building);
    await building;
    return image;
  }

  /** The files of ConfigMaps, where a container mounts them. */
  #foldersOf({ spec: { volumes = [] }, metadata }: ApiObject, { volumeMounts = [] }: Any): Container["folders"] {
    const mounted = volumeMounts.flatMap(({ name, mountPath }: Any) => {
      const map = volumes.find((volume: Any) => volume.name === name)?.configMap;
      const data = map && this.#store.get(configMaps, metadata.namespace, map.name)?.data;
      return data ? [[mountPath, data]] : [];
    });
    return Object.fromEntries(mounted);
  }

  /** Tells when it has ended by itself. */
  async #watch(key: string, id: string, spec: Any, list: string, ended: Promise<number>): Promise<void> {
    const exitCode = await ended;
    const message = lastWordsOf(this.#plan.directory, id);
    const terminated = {
      reason: exitCode === 0 ? "Completed" : "Error",
      exitCode,
      finishedAt: now(),
      ...(message ? { message } : {}),
    };
    this.#tell(key, (status) => ({
      ...withStatus(status, list, this.#status(spec, id, { terminated })),
      ...(list === "containerStatuses" && status.phase === "Running"
        ? { phase: exitCode === 0 ? "Succeeded" : "Failed", conditions: (status.conditions ?? []).map(afterTheEnd) }
        : {}),
    }));
  }

  async #overdue(running: Running, id: string): Promise<void> {
    if (running.ended) return;
    this.#tell(running.key, (status) => ({
      ...status,
      phase: "Failed",
      reason: "DeadlineExceeded",
      message: "Pod was active on the node longer than the specified deadline",
    }));
    await endContainer(this.#plan.directory, id);
  }

  async #leave(pod: ApiObject): Promise<void> {
    const key = keyOf(pod);
    const running = this.#pods.get(key);
    const ids = [...this.#containers].filter(([each]) => each === key || each.startsWith(`${key}/`));
    for (const [each] of ids) this.#containers.delete(each);
    for (const [, id] of ids) await endContainer(this.#plan.directory, id);
    if (!running) return;
    running.ended = true;
    this.#pods.delete(key);
    await this.#left(running);
  }

  async #left({ network, ended, key }: Running): Promise<void> {
    if (!ended || !network) return;
    const id = this.#containers.get(key);
    if (id !== undefined) await endContainer(this.#plan.directory, id);
    this.#containers.delete(key);
    await leavePod(network).catch(() => {
      // It is gone already.
    });
  }

  #tell(key: string, change: (status: Any) => Any): void {
    const [namespace, name = ""] = key.split("/");
    const pod = this.#store.get(pods, namespace, name);
    if (pod) this.#store.put(pods, { ...pod, status: change(pod.status ?? {}) });
  }

  #status(spec: Any, id: string, state: Any): Any {
    const running = state.running !== undefined;
    return {
      name: spec.name,
      image: spec.image,
      imageID: spec.image,
      ready: running,
      started: running,
      restartCount: 0,
      lastState: {},
      state,
      ...(id === "" ? {} : { containerID: `containerd://${containerHash(basename(this.#plan.directory), id)}` }),
    };
  }
}

function afterTheEnd(condition: Any): Any {
  return /Ready$/.test(condition.type) ? { ...condition, status: "False", reason: "PodCompleted" } : condition;
}

function keyOf({ metadata }: ApiObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** What a container's env says, with the fields of the pod that it names. */
function environmentOf(
  { metadata, spec }: ApiObject,
  { env = [] }: Any,
  { podIPs, hostIP }: Any,
): Record<string, string> {
  const fields: Record<string, string> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace ?? "",
    "spec.nodeName": spec.nodeName,
    "status.podIPs": podIPs.map(({ ip }: Any) => ip).join(","),
    "status.hostIP": hostIP,
  };
  const said = ({ value, valueFrom }: Any) => value ?? fields[valueFrom?.fieldRef?.fieldPath] ?? "";
  return Object.fromEntries(env.map((each: Any) => [each.name, said(each)]));
}

function withStatus(status: Any, list: string, one: Any): Any {
  const others = (status[list] ?? []).filter(({ name }: Any) => name !== one.name);
  return { ...status, [list]: [...others, one] };
}

function addressesOf(plan: LabPlan, node: NodePlan, network: PodPlan | undefined): Any {
  const own = (network ?? node).addresses;
  const ips = plan.families.map((family) => ({ ip: own[family] }));
  const hosts = plan.families.map((family) => ({ ip: node.addresses[family] }));
  return { hostIP: hosts[0]?.ip, hostIPs: hosts, podIP: ips[0]?.ip, podIPs: ips };
}
