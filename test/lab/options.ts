import type { Limits } from "./limits.ts";

/** How pods of different nodes reach each other; see README.md for what each imitates. */
export type Mode = "vxlan6" | "vxlan4" | "routed" | "bridge";
export type Families = "dual" | "ipv6" | "ipv4";
export type Family = "IPv4" | "IPv6";

/** What a lab is asked to be. Names are the only thing two labs on one machine must not share: addresses live in namespaces. */
export interface LabOptions {
  name: string;
  nodes: number;
  pods: number;
  mode: Mode;
  families: Families;
  /** Nodes learn their IPv6 default route from router advertisements instead of a static route. */
  ra: boolean;
  /** The image of a pod by its name ("n1-p2"); see images.ts. */
  images: Record<string, string>;
  /** What the container of a pod may use at most, by the pod's name; of an agent by that of its DaemonSet. */
  limits: Record<string, Limits>;
  /** How much memory the application of a pod holds, by the pod's name: "48Mi". */
  holds: Record<string, string>;
  /** PID 1 is the pod's own server, which leaves no zombies; otherwise PID 1 waits for nobody, as most do not. */
  reaps: boolean;
  /** Pods of controllers without a shell stand first in every list, as cert-manager's do. */
  controllers: boolean;
  /** Nodes whose kubelet does not answer: their pods go on, and nobody can exec there. */
  notReady: string[];
  /** NAMESPACE/NAME of the Service, the Deployment and the ConfigMap of the cluster's DNS. */
  dns: string;
  /** The domain of the cluster's names. */
  domain: string;
  /** What kube-proxy writes its rules for. */
  proxy: "iptables" | "nftables";
  /** Pods that have one family alone, and nodes whose range for pods does, by their names. */
  only: Record<string, Family>;
  /** What objects of the API were made with beyond the usual: merge patches by "Kind/NAME", whatever their namespace. */
  objects: Record<string, object>;
  /** The network plugin whose agent stands on the nodes, where it is not the mode's own; nothing of it does anything. */
  plugin: "cilium" | "weave-net" | undefined;
  /** More programs of images, as shell scripts by name: { calico: { birdcl: "echo ..." } }. */
  scripts: Record<string, Record<string, string>>;
  /** hostNetwork pods stand on every node; without them (k3s) nothing looks into a node's network. */
  agents: boolean;
  /** Strangers' packets and other people's rules move the counters that faults move; see net/noise.ts. */
  noise: boolean;
  /** A runtime that holds an exec's standard input open, and reads nothing more, when its client is gone. */
  holdStdin: boolean;
}

/** What the cluster's DNS is called: its Service kube-dns, and everything else coredns, unless a chart named all of it alike. */
export function dnsNames({ dns }: LabOptions): { namespace: string; service: string; workload: string } {
  const [namespace = "", service = ""] = dns.split("/");
  return { namespace, service, workload: dns === usualDns ? "coredns" : service };
}

export const usualDns = "kube-system/kube-dns";

const ordinary = {
  name: "lab",
  nodes: 3,
  pods: 2,
  ra: false,
  images: {},
  limits: {},
  holds: {},
  reaps: false,
  controllers: false,
  notReady: [],
  dns: usualDns,
  domain: "cluster.local",
  proxy: "iptables" as const,
  only: {},
  objects: {},
  plugin: undefined,
  scripts: {},
  agents: true,
  holdStdin: false,
  noise: false,
};

/** Fills in the defaults and refuses what cannot be built; throws an Error whose message says why. */
export function completeOptions(asked: Partial<LabOptions>): LabOptions {
  const families = asked.families ?? "dual";
  const mode = asked.mode ?? (families === "ipv4" ? "vxlan4" : "vxlan6");
  const options: LabOptions = { ...ordinary, ...asked, families, mode };
  if (!(mode in overhead)) throw new Error(`mode ${mode} is none of ${Object.keys(overhead).join(", ")}`);
  if (!["dual", "ipv6", "ipv4"].includes(families)) throw new Error(`families ${families} is none of dual, ipv6, ipv4`);
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(options.name)) throw new Error(`"${options.name}" is no name for a lab`);
  if (mode === "vxlan6" && families === "ipv4") throw new Error("vxlan6 needs IPv6 on the nodes");
  if (mode === "vxlan4" && families === "ipv6") throw new Error("vxlan4 needs IPv4 on the nodes");
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(options.dns)) throw new Error(`"${options.dns}" is no NAMESPACE/NAME`);
  if (!["iptables", "nftables"].includes(options.proxy)) throw new Error("proxy must be iptables or nftables");
  for (const [what, count] of [
    ["nodes", options.nodes],
    ["pods", options.pods],
  ] as const)
    if (!Number.isInteger(count) || count < 1 || count > 40) throw new Error(`${what} must be 1 to 40`);
  return options;
}

/** Bytes a mode puts around a packet. */
export const overhead: Record<Mode, number> = { vxlan6: 70, vxlan4: 50, routed: 0, bridge: 0 };
