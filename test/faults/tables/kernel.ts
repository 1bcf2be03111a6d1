import { by, type Faults, forgotten, from, neighbour, outside, pair, service, shell } from "../case.ts";

const address = "fd00:10:244:1::11";

/** Of sysctls and addresses, in pods and on nodes. */
export const kernelFaults: Faults = {
  "forwarding-off": [
    { what: "on the node of the source", make: by("n1", "sysctl -qw net.ipv6.conf.all.forwarding=0"), subject: pair },
    { what: "on the node of the target", make: by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=0"), subject: pair },
    {
      what: "while a policy whose rules are gone is enforced by nobody",
      make: [
        {
          create: "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
          body: {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "from-anywhere" },
            spec: {
              podSelector: { matchLabels: { app: "web" } },
              policyTypes: ["Ingress"],
              ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
            },
          },
        },
        ...by("n2", "ip6tables -F FORWARD", "sysctl -qw net.ipv6.conf.all.forwarding=0"),
      ],
      subject: pair,
    },
  ],
  "ipv6-disabled-on-interface": [
    { what: "in the pod", make: by("n1-p1", "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1"), subject: pair },
    {
      what: "on a node's uplink",
      on: ["bridge", "routed"],
      make: by("n2", "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1"),
      subject: pair,
    },
  ],
  "mtu-below-1280": { what: "in the pod", make: by("n1-p1", "ip link set eth0 mtu 1270"), subject: pair },
  "dad-failed": {
    what: "another pod of the node has its address",
    on: ["bridge", "vxlan6"],
    make: [
      ...by("n1-p2", `ip addr add ${address}/64 dev eth0 nodad`),
      ...by("n1-p1", "sysctl -qw net.ipv6.conf.all.accept_dad=1 net.ipv6.conf.eth0.accept_dad=1"),
      ...by("n1-p1", `ip addr del ${address}/64 dev eth0`, `ip addr add ${address}/64 dev eth0`),
      ...by("n1-p1", "ip -6 route replace default via fd00:10:244:1::1 dev eth0 onlink"),
      shell("n1-p1", "until ip -6 addr show dadfailed | grep -q inet6; do sleep 0.1; done"),
    ],
    subject: pair,
  },
  "no-ipv6-loopback": {
    what: "IPv6 is off on lo",
    make: by("n1-p1", "sysctl -qw net.ipv6.conf.lo.disable_ipv6=1"),
    subject: { from, to: { kind: "address", address: "::1", port: 8080 } },
  },
  "podip-not-on-interface": {
    what: "somebody turned IPv6 off and on again",
    make: by("n1-p1", "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1", "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=0"),
    subject: pair,
  },
  "bridge-hides-replies": {
    what: "an endpoint beside the pod",
    on: ["bridge", "vxlan6"],
    make: [
      { remove: "/api/v1/namespaces/default/pods/n2-p1" },
      ...by("n1", "sysctl -qw net.bridge.bridge-nf-call-ip6tables=0"),
    ],
    subject: { ...service, from: neighbour },
  },
  "host-side-without-link-local": {
    what: "NetworkManager takes it from the pod's link",
    on: ["routed"],
    make: [
      ...by("n1", "sysctl -qw net.ipv6.conf.veth1.addr_gen_mode=1", "ip -6 addr flush dev veth1 scope link"),
      ...forgotten("n1-p1"),
    ],
    subject: pair,
  },
  "ra-default-lost": [
    {
      what: "the node forwards, and no other node's routes are looked at",
      lab: { ra: true },
      verdict: "possible",
      make: by("n1", "sysctl -qw net.ipv6.conf.eth0.accept_ra=1", "ip -6 route flush proto ra"),
      subject: outside,
    },
    {
      what: "as soon as its lifetime ends",
      lab: { ra: true },
      make: by("n1", "sysctl -qw net.ipv6.conf.eth0.accept_ra=1"),
      subject: pair,
      verdict: "latent",
    },
  ],
  "accept-ra-on-all-only": {
    what: "2 for all, 1 for the uplink",
    lab: { ra: true },
    verdict: "possible",
    make: by(
      "n1",
      "sysctl -qw net.ipv6.conf.all.accept_ra=2",
      "sysctl -qw net.ipv6.conf.eth0.accept_ra=1",
      "ip -6 route flush proto ra",
    ),
    subject: outside,
  },
  "accept-ra-refused": {
    what: "0 for the uplink",
    lab: { ra: true },
    verdict: "possible",
    make: by("n1", "sysctl -qw net.ipv6.conf.eth0.accept_ra=0", "ip -6 route flush proto ra"),
    subject: outside,
  },
  "ra-default-expired": {
    what: "the router fell silent",
    lab: { ra: true },
    make: [
      ...by("gw", "ip6tables -A OUTPUT -p icmpv6 --icmpv6-type router-advertisement -j DROP"),
      ...by("n1", "ip -6 route flush proto ra"),
    ],
    subject: outside,
    verdict: "possible",
  },
};
