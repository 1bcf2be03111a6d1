import type { Subject } from "#core/diagnosis/diagnosis.ts";
import type { Step } from "#test/lab/faults.ts";
import type { LabOptions } from "#test/lab/options.ts";

/** What a cluster is made of. */
export type Shape = Required<Pick<LabOptions, "mode" | "families" | "proxy">>;
export type Word = Shape[keyof Shape];

/** One thing done to a cluster, what is asked of it then, and where it can stand. Strangers' packets pass all the while. */
export interface LabCase {
  readonly what: string;
  /** Only clusters that have one of these words of each kind that is named: `["bridge", "vxlan6", "dual"]`. */
  readonly on?: readonly Word[];
  readonly lab?: Partial<LabOptions>;
  /** A program under /usr/sbin that it takes beside those of any lab. */
  readonly program?: string;
  readonly make: readonly Step[] | ((shape: Shape) => readonly Step[]);
  readonly subject: Subject;
  /** How sure the cause can be; `latent` where nothing fails of it yet. Proven unless said. */
  readonly verdict?: "proven" | "possible" | "latent";
  /** What else is told though nothing fails of it. */
  readonly notices?: readonly string[];
  /** Where a dial is seen to die, though no cause is known. */
  readonly dies?: { readonly at: string; readonly because: RegExp };
  /** Something fails, and nobody knows why, or it is meant so. */
  readonly fails?: true;
}

/** A case with the causes that are named, and no others; none where nothing is claimed. */
export interface Entry extends LabCase {
  readonly id: string;
  readonly causes: readonly string[];
}

/** One of them on one cluster. */
export interface Run {
  readonly entry: Entry;
  readonly shape: Shape;
}

/** By the name of the cause: the cases in which it is named first and alone. */
export type Faults = Readonly<Record<string, LabCase | readonly LabCase[]>>;

export const from = { namespace: "default", name: "n1-p1" };
export const neighbour = { namespace: "default", name: "n1-p2" };
export const pair: Subject = { from, to: { kind: "pod", namespace: "default", name: "n2-p1" } };
export const service: Subject = { from, to: { kind: "service", namespace: "default", name: "web" } };
export const outside: Subject = { from, to: { kind: "address", address: "2001:db8:ffff::1", port: 80 } };
export const node: Subject = { from, to: { kind: "node", name: "n2" } };
export const named = (name: string): Subject => ({ from, to: { kind: "name", name, port: 80 } });

export const by = (netns: string, ...commands: readonly string[]): Step[] =>
  commands.map((command) => ({ in: netns, run: command.split(" ") }));
export const nft = (netns: string, ...commands: readonly string[]): Step[] =>
  commands.map((command) => ({ in: netns, run: ["nft", command] }));
export const shell = (netns: string, script: string): Step => ({ in: netns, run: ["sh", "-c", script] });
/** Runs a program beside the diagnosis, for as long as the lab is up, and waits until it does what it is for. */
export const staying = (netns: string, program: string, ready = "true"): Step =>
  shell(
    netns,
    `n=/run/netns/$(ip netns identify $$); (${program} & p=$!; while [ -e "$n" ]; do sleep 1; done; kill $p) >/dev/null 2>&1 </dev/null & until ${ready}; do sleep 0.1; done`,
  );
/** What somebody does again and again meanwhile. */
export const again = (netns: string, command: string): Step => staying(netns, `while sleep 0.3; do ${command}; done`);
/** That somebody listens on TCP port 8080 over IPv6. */
export const listening = "grep -q ':1F90 .* 0A ' /proc/net/tcp6";
export const merge = (patch: string, body: object): Step => ({ patch, type: "merge", body });

/** Neighbour entries hold for half a minute; whoever is asked for anew shows what a fault does to the question. */
export const forgotten = (...places: readonly string[]) =>
  places.flatMap((place) => by(place, "ip -6 neigh flush all"));

/** A node's end of the link to its first pod, or the bridge that all its pods are on. */
export const towardsPods = ({ mode }: Pick<Shape, "mode">) => (mode === "routed" ? "veth1" : "cni0");

const api = { default: "/api/v1/namespaces/default", system: "/api/v1/namespaces/kube-system" };
export const paths = {
  web: `${api.default}/services/web`,
  pods: `${api.default}/pods`,
  events: `${api.default}/events`,
  services: `${api.default}/services`,
  configMaps: `${api.system}/configmaps`,
  systemPods: `${api.system}/pods`,
  systemServices: `${api.system}/services`,
  daemonSets: "/apis/apps/v1/namespaces/kube-system/daemonsets",
  nodes: "/api/v1/nodes",
  slices: "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
  policies: "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
};

/** The Corefile of the cluster's DNS with more plugins, and where it forwards to. */
export const corefile = (plugins: string, forward = "/etc/resolv.conf"): Step =>
  merge(`${paths.configMaps}/coredns`, {
    data: {
      Corefile: `.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    ${plugins}\n    forward . ${forward}\n}\n`,
    },
  });

export const kubeProxy = (line: string): Step =>
  merge(`${paths.configMaps}/kube-proxy`, {
    data: {
      "config.conf": `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n${line}\n`,
    },
  });
