import type { KubeObject, PodVantage } from "../cluster/cluster.ts";
import type { Outlook } from "../cluster/outposts.ts";
import { type Mesh, meshOf } from "./mesh.ts";

/** A running container; its image tells what it may have. */
export interface Container extends PodVantage {
  readonly image: string;
  /** Its author, or a LimitRange, limits its memory. */
  readonly limited: boolean;
  /** Every Node.js in it starts something of others first. */
  readonly preloads?: true;
  /** What takes the connections of its pod. */
  readonly mesh?: Mesh;
  /** It is ours; how a person would have got the same. */
  readonly outpost?: OutpostView;
}

/** What an outpost sees of a vantage. */
export interface OutpostView {
  readonly level: Outlook;
  readonly node: string;
  /** What is run stands behind it: the program that brings it where the vantage is. */
  readonly prefix?: readonly string[];
  /** The container of another pod whose files of the network are read through its process: 64 hexadecimal digits. */
  readonly within?: string;
  /** It is in the network of the vantage, with files of its own: /etc/resolv.conf and the like are not those of the vantage. */
  readonly ownFiles?: true;
}

/** The running containers of a pod: its default container first, since all share one network. */
export function runningContainers(pod: KubeObject): Container[] {
  const preferred = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  const statuses = (pod.status?.containerStatuses ?? []) as { name: string; state?: { running?: unknown } }[];
  const running = statuses.filter(({ state }) => state?.running !== undefined).map(({ name }) => name);
  const sorted = [...running.filter((name) => name === preferred), ...running.filter((name) => name !== preferred)];
  const { namespace = "", name } = pod.metadata;
  const specs = (pod.spec?.containers ?? []) as Spec[];
  const whole = limitsMemory(pod.spec?.resources);
  const mesh = meshOf(pod);
  return sorted.map((container) => {
    const spec = specs.find((one) => one.name === container);
    return {
      namespace,
      pod: name,
      container,
      image: spec?.image ?? "",
      limited: whole || limitsMemory(spec?.resources),
      ...(spec && preloads(spec.env) ? { preloads: true as const } : {}),
      ...(mesh ? { mesh } : {}),
    };
  });
}

interface Spec {
  readonly name: string;
  readonly image?: string;
  readonly resources?: Resources;
  readonly env?: readonly Variable[];
}

export interface Variable {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

/**
 * Whether NODE_OPTIONS starts an agent, or a debugger's port, in every Node.js of a container: operators of OpenTelemetry, Datadog and others
 * write such. {@link https://nodejs.org/api/cli.html#node_optionsoptions}
 */
export function preloads(env: readonly Variable[] = []): boolean {
  return env.some(
    ({ name, value = "", valueFrom }) =>
      name === "NODE_OPTIONS" &&
      (valueFrom !== undefined || /(?:^|\s)(?:-r|--(?:require|import|loader|experimental-loader|inspect))/.test(value)),
  );
}

interface Resources {
  readonly limits?: { readonly memory?: string };
}

function limitsMemory(resources: Resources | undefined): boolean {
  return resources?.limits?.memory !== undefined;
}

/**
 * The windows on a node: running containers of hostNetwork pods that are there anyway. CNI agents come first, because
 * their images carry a shell and the tools of the network; control plane images have nothing to run.
 */
export function nodeWindows(pods: readonly KubeObject[]): Container[] {
  const windows = pods.filter((pod) => pod.spec?.hostNetwork === true && pod.status?.phase === "Running");
  return windows.sort((a, b) => rank(a) - rank(b)).flatMap(runningContainers);
}

const agents = /calico-node|cilium|flannel|canal|kindnet|kube-router|antrea-agent|aws-node|weave|ovnkube|kube-ovn/;
const bare = /^(etcd|kube-apiserver|kube-controller-manager|kube-scheduler)/;

function rank({ metadata }: KubeObject): number {
  if (bare.test(metadata.name)) return 3;
  if (/operator|typha|controllers/.test(metadata.name)) return 2;
  if (agents.test(metadata.name)) return 0;
  return metadata.name.startsWith("kube-proxy") ? 1 : 2;
}
