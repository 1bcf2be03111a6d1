import { birdProtocols, ciliumDrop, ciliumMonitor, ciliumStatus, meshDown, printing } from "#test/agents/recorded.ts";
import type { Step } from "#test/lab/faults.ts";
import { by, type Faults, from, merge, nft, outside, pair, paths, type Shape, service } from "../case.ts";

const everyPod = ["n1-p1", "n1-p2", "n2-p1", "n2-p2"];
/** Pods without IPv6 on nodes that have a range for it. */
const withoutIPv6 = { only: Object.fromEntries(everyPod.map((name) => [name, "IPv4" as const])) };
const agentOf = ({ mode }: Shape) => (mode === "routed" ? "calico-node" : "kube-flannel-ds");
const environment = (index: number, value: string): Step => ({
  patch: `${paths.daemonSets}/calico-node`,
  type: "json",
  body: [{ op: "replace", path: `/spec/template/spec/containers/0/env/${index}/value`, value }],
});

/** Another plugin's DaemonSet in the place of the lab's. */
const plugin = (name: string) => (shape: Shape) => [
  { remove: `${paths.daemonSets}/${agentOf(shape)}` },
  {
    create: paths.daemonSets,
    body: {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: name }] } },
      },
    },
  },
];
const ciliumConfig = (data: Record<string, string>) => ({
  create: paths.configMaps,
  body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "cilium-config" }, data },
});
const noRoutes = [...by("n1", "ip -6 route del fd00:10:244:2::/64"), ...by("n2", "ip -6 route del fd00:10:244:1::/64")];
/** A router that knows where no pod is stands between the nodes, which share no link. */
const routerBetween = (node: string, peer: string) =>
  by(
    node,
    "ip -6 route add 2001:db8:18::1/128 dev eth0",
    "ip -6 route replace default via 2001:db8:18::1",
    "ip -6 route del 2001:db8:18::/64 dev eth0",
    `ip -6 route replace ${peer} via 2001:db8:18::1`,
  );

/** Cilium's agent in the place of the lab's; what its eBPF would drop the pod itself drops, which no node sees. */
const ciliumSays = (monitor: string, status = ciliumStatus()) => ({
  plugin: "cilium" as const,
  scripts: { cilium: { "cilium-dbg": printing({ status, monitor }) } },
});
const unseen = (pod: string, rule: string) =>
  nft(
    pod,
    "add table ip6 x",
    "add chain ip6 x i { type filter hook input priority 0; }",
    `add rule ip6 x i ${rule} drop`,
  );

/** Of clusters and network plugins, as they are set up. */
export const pluginFaults: Faults = {
  "ovn-agent-refuses": {
    what: "it found the ways out by two interfaces; what it leaves undone the pod itself drops, which no node sees",
    make: [
      {
        create: paths.systemPods,
        body: {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: "ovnkube-node-x7k2p", namespace: "kube-system" },
          spec: {
            nodeName: "n1",
            hostNetwork: true,
            containers: [{ name: "ovnkube-controller", image: "docker.io/library/busybox:1.37" }],
          },
        },
      },
      {
        // The first pod that came later.
        log: "x1",
        says: "F1201 05:00:00.000000 1 ovnkube.go:136] error looking up gw interface: multiple gateway interfaces detected: eth0 eth1",
      },
      ...nft(
        "n2-p1",
        "add table ip6 x",
        "add chain ip6 x o { type filter hook output priority 0; }",
        "add rule ip6 x o tcp sport 8080 drop",
      ),
    ],
    subject: pair,
    verdict: "possible",
  },
  "cluster-single-stack": {
    what: "nobody asked for IPv6",
    on: ["routed", "bridge", "dual"],
    lab: { families: "ipv4" },
    make: [],
    subject: pair,
  },
  "node-podcidr-single-stack": [
    {
      what: "a node from before the change",
      on: ["vxlan6", "bridge", "dual"],
      lab: { only: { n2: "IPv4" } },
      make: [],
      subject: pair,
    },
    {
      what: "the same under Calico, which may give addresses without it",
      on: ["routed", "dual"],
      lab: { only: { n2: "IPv4" } },
      make: [],
      subject: pair,
      verdict: "possible",
    },
    {
      what: "its pods have IPv6 addresses still",
      on: ["vxlan6", "bridge", "dual"],
      lab: { objects: { "Node/n2": { spec: { podCIDR: "10.244.2.0/24", podCIDRs: ["10.244.2.0/24"] } } } },
      make: [],
      subject: pair,
      verdict: "latent",
    },
  ],
  "calico-no-ipv6-pool": {
    what: "the pool was never made",
    on: ["routed", "dual"],
    lab: withoutIPv6,
    make: [{ remove: "/apis/crd.projectcalico.org/v1/ippools/default-ipv6-ippool" }],
    subject: pair,
  },
  "calico-felix-ipv6-off": {
    what: "by its environment",
    on: ["routed"],
    make: [environment(0, "false"), ...by("n2", "ip -6 route del fd00:10:244:2::11/128")],
    subject: pair,
  },
  "calico-ip6-autodetection": {
    what: "IP6 is none",
    on: ["routed"],
    make: [environment(2, "none"), ...noRoutes],
    subject: pair,
  },
  "calico-pool-not-encapsulated": {
    what: "a router without the pods' routes is between the nodes",
    on: ["routed", "dual"],
    make: [
      ...routerBetween("n1", "fd00:10:244:2::/64"),
      ...routerBetween("n2", "fd00:10:244:1::/64"),
      ...by("gw", "ip -6 route add unreachable fd00:10:244::/48"),
    ],
    subject: pair,
  },
  "bgp-session-down": {
    what: "by the word of its BIRD",
    on: ["routed"],
    lab: {
      scripts: { calico: { birdcl: printing({ "-r": birdProtocols(meshDown) }), "calico-node": "echo v3.31.2" } },
    },
    make: by("n1", "ip -6 route del fd00:10:244:2::/64"),
    subject: pair,
  },
  "felix-rules-refused": {
    what: "said in its log",
    on: ["routed"],
    make: [
      {
        log: "calico-node@n2",
        says: `2024-01-23 09:20:26.113 [WARNING][16414] felix/table.go 1409: Failed to execute ip(6)tables-restore command error=exit status 2 errorOutput="ip6tables-nft-restore v1.8.4 (nf_tables): Couldn't load match \`icmp6':No such file or directory\\n" input="*filter"`,
      },
      ...unseen("n2-p1", "tcp dport 8080"),
    ],
    subject: pair,
    verdict: "possible",
  },
  "cilium-drops-neighbour-discovery": {
    what: "by its monitor's word",
    on: ["bridge", "vxlan6", "dual"],
    lab: ciliumSays(ciliumDrop("fd00:10:244:2::1", "ff02::1:ff00:11", "NeighborSolicitation")),
    make: unseen("n2-p1", "tcp dport 8080"),
    subject: pair,
  },
  "cilium-drops-service": {
    what: "by its monitor's word",
    on: ["bridge", "vxlan6", "dual"],
    lab: ciliumSays(ciliumDrop("[fd00:10:244:1::11]:41236", "[fd00:10:96::80]:80", "tcp SYN")),
    make: nft(
      "n1",
      "add table ip6 y",
      "add chain ip6 y o { type filter hook prerouting priority -400; }",
      "add rule ip6 y o ip6 daddr fd00:10:96::80 tcp dport 80 drop",
    ),
    subject: service,
  },
  "cilium-without-masquerade": {
    what: "by its own word",
    on: ["bridge", "vxlan6", "dual"],
    lab: ciliumSays(
      ciliumMonitor.silent,
      ciliumStatus({ masquerading: { enabled: true, enabledProtocols: { ipv4: true }, mode: "BPF" } }),
    ),
    make: [ciliumConfig({ "enable-ipv6": "true" }), ...by("n1", "ip6tables -t nat -F POSTROUTING")],
    subject: outside,
  },
  "flannel-ipv6-not-enabled": {
    what: "net-conf.json has one network",
    on: ["vxlan6", "bridge", "dual"],
    lab: withoutIPv6,
    make: [
      merge(`${paths.configMaps}/kube-flannel-cfg`, {
        data: { "net-conf.json": '{"Network":"10.244.0.0/16","Backend":{"Type":"vxlan"}}' },
      }),
    ],
    subject: pair,
  },
  "cilium-ipv6-disabled": {
    what: "as it comes",
    on: ["dual"],
    lab: { ...withoutIPv6, plugin: "cilium" },
    make: [ciliumConfig({ "enable-ipv4": "true", "enable-ipv6": "false" })],
    subject: pair,
  },
  "cilium-tunnel-needs-ipv4": {
    what: "nodes that have IPv6 alone",
    on: ["ipv6"],
    make: (shape) => [
      ...plugin("cilium")(shape),
      ciliumConfig({ "enable-ipv6": "true", "routing-mode": "tunnel" }),
      ...noRoutes,
    ],
    subject: { from },
  },
  "cni-without-ipv6": {
    what: "Weave Net",
    on: ["dual"],
    lab: { ...withoutIPv6, plugin: "weave-net" },
    make: [],
    subject: pair,
  },
};
