import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { dnsNames, type Family, type LabOptions, overhead } from "./options.ts";

/** One address per family the lab has; a family that is absent is undefined. */
export interface Addresses {
  IPv4?: string;
  IPv6?: string;
}

export interface PodPlan {
  /** The Pod's name in the API: "n1-p1", or coredns' for the DNS pod. */
  name: string;
  namespace: string;
  /** The network namespace: "lab-n1-p1". */
  netns: string;
  node: number;
  image: string;
  app: string;
  addresses: Addresses;
  /** The node's end of the pod's veth pair. */
  veth: string;
}

export interface NodePlan {
  index: number;
  name: string;
  netns: string;
  addresses: Addresses;
  podCidr: Addresses;
  gateway: Addresses;
}

/** Every name and address of a lab, computed from its options alone. */
export interface LabPlan {
  options: LabOptions;
  directory: string;
  families: Family[];
  switch: string;
  outside: string;
  dns: PodPlan;
  nodes: NodePlan[];
  pods: PodPlan[];
  /** The MTU of pod interfaces: the underlay's 1500 less what the mode puts around a packet. */
  mtu: number;
}

export const clusterCidr: Required<Addresses> = { IPv4: "10.244.0.0/16", IPv6: "fd00:10:244::/48" };
export const serviceCidr: Required<Addresses> = { IPv4: "10.96.0.0/16", IPv6: "fd00:10:96::/112" };
export const router: Required<Addresses> = { IPv4: "172.18.0.1", IPv6: "2001:db8:18::1" };
export const outside: Required<Addresses> = { IPv4: "198.51.100.1", IPv6: "2001:db8:ffff::1" };
export const kubeDns: Required<Addresses> = { IPv4: "10.96.0.10", IPv6: "fd00:10:96::a" };

/** The directory of a lab's state: what `down` and other processes need to know. */
export function stateDirectory(name: string): string {
  return join(tmpdir(), `kube-ipv6-lab-${name}`);
}

/** What labs make once of this machine's programs and their own sources; nothing of it belongs to one of them. */
export const cacheDirectory = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "kube-ipv6-lab");

/** Lays out the whole lab: the same options always give the same plan. */
export function planLab(options: LabOptions): LabPlan {
  const families: Family[] =
    options.families === "dual" ? ["IPv4", "IPv6"] : options.families === "ipv6" ? ["IPv6"] : ["IPv4"];
  const keep = (both: Required<Addresses>): Addresses => Object.fromEntries(families.map((f) => [f, both[f]]));
  const nodes = range(options.nodes).map((n): NodePlan => planNode(options, n, keep));
  const ordinaryPods = nodes.flatMap((node) => range(options.pods).map((p) => planPod(options, node, p, keep)));
  return {
    options,
    directory: stateDirectory(options.name),
    families,
    switch: `${options.name}-gw`,
    outside: `${options.name}-out`,
    dns: {
      name: `${dnsNames(options).workload}-7d764666f9-x2k8q`,
      namespace: dnsNames(options).namespace,
      netns: `${options.name}-dns`,
      node: 1,
      image: "coredns",
      app: "kube-dns",
      addresses: keep({ IPv4: "10.244.1.53", IPv6: "fd00:10:244:1::53" }),
      veth: "vethdns",
    },
    nodes,
    pods: options.controllers ? [...ordinaryPods, certManager(options, keep)] : ordinaryPods,
    mtu: 1500 - overhead[options.mode],
  };
}

function planNode(options: LabOptions, n: number, keep: (both: Required<Addresses>) => Addresses): NodePlan {
  const x = n.toString(16);
  const ranges = (both: Required<Addresses>) => alone(keep(both), options.only[`n${n}`]);
  return {
    index: n,
    name: `n${n}`,
    netns: `${options.name}-n${n}`,
    addresses: keep({ IPv4: `172.18.1.${n}`, IPv6: `2001:db8:18::1${x.padStart(2, "0")}` }),
    podCidr: ranges({ IPv4: `10.244.${n}.0/24`, IPv6: `fd00:10:244:${x}::/64` }),
    gateway: ranges({ IPv4: `10.244.${n}.1`, IPv6: `fd00:10:244:${x}::1` }),
  };
}

function planPod(
  options: LabOptions,
  node: NodePlan,
  p: number,
  keep: (both: Required<Addresses>) => Addresses,
): PodPlan {
  const name = `${node.name}-p${p}`;
  return {
    name,
    namespace: "default",
    netns: `${options.name}-${name}`,
    node: node.index,
    image: options.images[name] ?? defaultImage(options, node.index, p),
    app: p === 1 ? "web" : "client",
    addresses: alone(
      keep({
        IPv4: `10.244.${node.index}.${10 + p}`,
        IPv6: `fd00:10:244:${node.index.toString(16)}::${(0x10 + p).toString(16)}`,
      }),
      options.only[name] ?? options.only[node.name],
    ),
    veth: `veth${p}`,
  };
}

/** Of the addresses of both families that of one, if it is to be alone. */
function alone(both: Addresses, family: Family | undefined): Addresses {
  return family === undefined ? both : { [family]: both[family] };
}

/** A controller as most clusters have one: no shell, one replica, and a name before everybody else's. */
function certManager({ name }: LabOptions, keep: (both: Required<Addresses>) => Addresses): PodPlan {
  return {
    name: "cert-manager-6c5d8f7b9d-4kq7z",
    namespace: "cert-manager",
    netns: `${name}-cm`,
    node: 1,
    image: "distroless",
    app: "cert-manager",
    addresses: keep({ IPv4: "10.244.1.99", IPv6: "fd00:10:244:1::63" }),
    veth: "vethcm",
  };
}

/** Small ordinary images, with one bash-only pod and one that has no shell at all where the lab is large enough. */
function defaultImage(options: LabOptions, node: number, pod: number): string {
  if (pod !== options.pods || pod === 1) return "busybox";
  if (node === 1) return "busybox";
  return node === options.nodes ? "distroless" : "bash";
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
