import { fileURLToPath } from "node:url";
import { by, type Faults, forgotten, neighbour, pair, type Shape, shell, staying, towardsPods } from "../case.ts";

const elsewhere = "02:00:00:00:99:99";
/** What a pod of the first node has as its gateway. */
export const gatewayOf = ({ mode }: Pick<Shape, "mode">) =>
  mode === "routed" ? "fe80::ecee:eeff:feee:eeee" : "fd00:10:244:1::1";
const permanent = (netns: string, address: string, device: string) =>
  by(netns, `ip -6 neigh replace ${address} lladdr ${elsewhere} dev ${device} nud permanent`);
/** Gives a pod another prefix length on its link; its default route goes with the address. */
export const prefixOf = (pod: string, address: string, length: number, gateway: string) =>
  shell(
    pod,
    `ip -6 addr flush dev eth0 scope global; ip -6 addr add ${address}/${length} dev eth0 nodad; ip -6 route replace default via ${gateway} dev eth0 onlink`,
  );

const advertiser = fileURLToPath(new URL("../../lab/net/advertise.pl", import.meta.url));
/** A pod that says it is a router, on the bridge that its neighbours are on; it forwards nothing. */
export const rogue = (...settings: readonly string[]) => [
  ...by("n1-p1", ...settings.map((setting) => `sysctl -qw net.ipv6.conf.eth0.${setting}`)),
  staying("n1-p2", `perl ${advertiser} eth0 1800 1`),
  shell("n1-p1", "until grep -q 'Icmp6InRouterAdvertisements.*[1-9]' /proc/net/snmp6; do sleep 0.1; done"),
];

/** Of links, and of what those on them know of each other. */
export const linkFaults: Faults = {
  "neighbour-entry-outdated": [
    {
      what: "of a pod for its gateway",
      make: (shape) => permanent("n1-p1", gatewayOf(shape), "eth0"),
      subject: pair,
    },
    {
      what: "of a node for the other node",
      on: ["bridge", "routed"],
      make: permanent("n1", "2001:db8:18::102", "eth0"),
      subject: pair,
    },
    {
      what: "of a node for its own pod",
      make: (shape) => permanent("n2", "fd00:10:244:2::11", towardsPods(shape)),
      subject: pair,
    },
  ],
  "dad-failed": {
    what: "somebody on the nodes' network has the address of the other node",
    make: [
      ...by("gw", "ip -6 addr add 2001:db8:18::102/64 dev br0 nodad"),
      ...by(
        "n2",
        "sysctl -qw net.ipv6.conf.all.accept_dad=1 net.ipv6.conf.eth0.accept_dad=1",
        "ip -6 addr del 2001:db8:18::102/64 dev eth0",
        "ip -6 addr add 2001:db8:18::102/64 dev eth0",
      ),
      shell("n2", "until ip -6 addr show dadfailed | grep -q inet6; do sleep 0.1; done"),
      ...by("n2", "ip -6 route replace default via 2001:db8:18::1 dev eth0"),
      { routes: "n2" },
      ...forgotten("n1", "n2", "gw"),
    ],
    subject: pair,
  },
  "pod-link-down": [
    { what: "of the pod that is dialled", make: by("n2", "ip link set veth1 down"), subject: pair },
    { what: "of the pod that dials", make: by("n1", "ip link set veth1 down"), subject: pair },
    {
      what: "taken off its bridge",
      on: ["bridge", "vxlan6"],
      make: [...by("n2", "ip link set veth1 nomaster"), ...forgotten("n2", "n2-p1")],
      subject: pair,
    },
  ],
  "pod-takes-advertisements": [
    {
      what: "of another pod on its bridge, and goes by it",
      on: ["bridge", "vxlan6"],
      make: rogue("accept_ra=1", "ra_defrtr_metric=512"),
      subject: pair,
      verdict: "possible",
    },
    {
      what: "of another pod on its bridge, beside a route of its own that is better",
      on: ["bridge", "vxlan6"],
      make: rogue("accept_ra=1", "ra_defrtr_metric=2048"),
      subject: pair,
      verdict: "latent",
    },
  ],
  "hop-limit-too-low": [
    { what: "1 in the pod", make: by("n1-p1", "sysctl -qw net.ipv6.conf.eth0.hop_limit=1"), subject: pair },
    {
      what: "1 in the pod that is dialled",
      make: by("n2-p1", "sysctl -qw net.ipv6.conf.eth0.hop_limit=1"),
      subject: pair,
    },
    {
      what: "a route that says so, in a pod whose ip does not show it",
      make: (shape) => by("n1-p1", `ip -6 route change default via ${gatewayOf(shape)} dev eth0 hoplimit 1`),
      subject: pair,
      verdict: "possible",
    },
    {
      what: "a route that says so",
      lab: { images: { "n1-p1": "netshoot" } },
      make: (shape) => by("n1-p1", `ip -6 route change default via ${gatewayOf(shape)} dev eth0 hoplimit 1`),
      subject: pair,
    },
  ],
  "pod-range-on-link": [
    {
      what: "the pod's own prefix covers all pods",
      make: (shape) => [prefixOf("n1-p1", "fd00:10:244:1::11", 48, gatewayOf(shape))],
      subject: pair,
    },
    {
      what: "that of the pod that is dialled does",
      make: ({ mode }) => [
        prefixOf(
          "n2-p1",
          "fd00:10:244:2::11",
          48,
          mode === "routed" ? "fe80::ecee:eeff:feee:eeee" : "fd00:10:244:2::1",
        ),
      ],
      subject: pair,
    },
    {
      what: "a prefix for a node's pods, each of which has a link of its own",
      on: ["routed"],
      make: [prefixOf("n1-p2", "fd00:10:244:1::12", 64, "fe80::ecee:eeff:feee:eeee"), ...forgotten("n1-p2")],
      subject: { from: neighbour, to: { kind: "pod", namespace: "default", name: "n1-p1" } },
    },
  ],
};
