import type { KubeObject, PodVantage } from "../cluster/cluster.ts";

/** A running container; its image tells what it may have. */
export interface Container extends PodVantage {
  readonly image: string;
  /** Its author, or a LimitRange, limits its memory. */
  readonly limited: boolean;
}

/** The running containers of a pod: its default container first, since all share one network. */
export function runningContainers(pod: KubeObject): Container[] {
  const preferred = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  const statuses = (pod.status?.containerStatuses ?? []) as { name: string; state?: { running?: unknown } }[];
  const running = statuses.filter(({ state }) => state?.running !== undefined).map(({ name }) => name);
  const sorted = [...running.filter((name) => name === preferred), ...running.filter((name) => name !== preferred)];
  const { namespace = "", name } = pod.metadata;
  const specs = (pod.spec?.containers ?? []) as { name: string; image?: string; resources?: Resources }[];
  const whole = limitsMemory(pod.spec?.resources);
  return sorted.map((container) => {
    const spec = specs.find((one) => one.name === container);
    return {
      namespace,
      pod: name,
      container,
      image: spec?.image ?? "",
      limited: whole || limitsMemory(spec?.resources),
    };
  });
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
