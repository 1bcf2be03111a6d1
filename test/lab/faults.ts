/**
 * One thing done to a lab: a command by hand in a namespace, a change through the API, a pod's server elsewhere, a node's routes made anew,
 * the DNS servers of a pod, and what a pod says in its log (`agent@node` for an agent's). */
export type Step =
  | { in: string; run: string[] }
  | { patch: string; type: "merge" | "json"; body: unknown }
  | { create: string; body: unknown }
  | { remove: string }
  | { serve: string; listen: string }
  | { resolver: string; servers: string[] }
  | { log: string; says: string; previous?: true }
  | { routes: string };

/** A fault, named after the cause that a diagnosis must find, how to make it, how to heal it, and the dial of the lab that dies of it. */
export interface Fault {
  id: string;
  summary: string;
  inject: Step[];
  heal: Step[];
  /** From which pod a dial fails, over IPv6, and to what; "transfer" connects and stalls, "resolve" asks for an AAAA record. */
  breaks: { from: string; to: string; port: number; how: "connect" | "transfer" | "resolve" };
  /** Only a lab brought up with `ra` can have it. */
  needs?: "ra";
}

const pod = (node: number, index: number) => `fd00:10:244:${node}::1${index}`;
const policy = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";
const web = "/api/v1/namespaces/default/services/web";
const corefile = "/api/v1/namespaces/kube-system/configmaps/coredns";
const crossNode = { from: "n1-p1", to: pod(2, 1), port: 8080, how: "connect" } as const;
const mark = (fields: object) => ({ spec: fields });

/**
 * The twelve faults a diagnosis must tell apart, each in a lab of at least two nodes in a bridged mode (vxlan6, vxlan4 or
 * bridge). All of them break IPv6 and leave IPv4 alone.
 */
export const faults: Fault[] = [
  {
    id: "forwarding-off",
    summary: "IPv6 forwarding is off on the pod's node",
    inject: [{ in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }],
    heal: [{ in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=1"] }],
    breaks: crossNode,
  },
  {
    id: "pod-without-default-route",
    summary: "the pod has no IPv6 default route",
    inject: [{ in: "n1-p1", run: ["ip", "-6", "route", "del", "default"] }],
    heal: [{ in: "n1-p1", run: ["ip", "-6", "route", "add", "default", "via", "fd00:10:244:1::1"] }],
    breaks: crossNode,
  },
  {
    id: "ipv6-disabled-on-interface",
    summary: "IPv6 is disabled on the pod's eth0",
    inject: [{ in: "n1-p1", run: ["sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=1"] }],
    // Enabling it again brings back the link-local address only.
    heal: [
      { in: "n1-p1", run: ["sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=0"] },
      { in: "n1-p1", run: ["ip", "addr", "add", `${pod(1, 1)}/64`, "dev", "eth0"] },
      { in: "n1-p1", run: ["ip", "-6", "route", "add", "default", "via", "fd00:10:244:1::1"] },
    ],
    breaks: crossNode,
  },
  {
    id: "forward-policy-drops-ipv6",
    summary: "ip6tables drops everything the pod's node forwards",
    inject: [{ in: "n1", run: ["ip6tables", "-I", "FORWARD", "-j", "DROP"] }],
    heal: [{ in: "n1", run: ["ip6tables", "-D", "FORWARD", "-j", "DROP"] }],
    breaks: crossNode,
  },
  {
    id: "route-to-peer-missing",
    summary: "the pod's node has no route to the other node's pods",
    inject: [{ in: "n1", run: ["ip", "-6", "route", "del", "fd00:10:244:2::/64"] }],
    heal: [{ routes: "n1" }],
    breaks: crossNode,
  },
  {
    id: "listener-ipv4-only",
    summary: "the server listens on 0.0.0.0 only",
    inject: [{ serve: "n2-p1", listen: "0.0.0.0:8080" }],
    heal: [{ serve: "n2-p1", listen: "[::]:8080" }],
    breaks: crossNode,
  },
  {
    id: "service-single-stack",
    summary: "the Service has an IPv4 address only",
    inject: [{ patch: web, type: "merge", body: mark({ ipFamilyPolicy: "SingleStack" }) }],
    heal: [
      {
        patch: web,
        type: "merge",
        body: mark({
          ipFamilyPolicy: "RequireDualStack",
          ipFamilies: ["IPv4", "IPv6"],
          clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
        }),
      },
    ],
    breaks: { from: "n1-p1", to: "fd00:10:96::80", port: 80, how: "connect" },
  },
  {
    id: "no-aaaa",
    summary: "CoreDNS answers every AAAA question with nothing",
    inject: [
      {
        patch: corefile,
        type: "merge",
        body: {
          data: {
            Corefile:
              ".:53 {\n    template IN AAAA . {\n        rcode NOERROR\n    }\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . /etc/resolv.conf\n}\n",
          },
        },
      },
    ],
    heal: [
      {
        patch: corefile,
        type: "merge",
        body: {
          data: {
            Corefile: ".:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . /etc/resolv.conf\n}\n",
          },
        },
      },
    ],
    breaks: { from: "n1-p1", to: "web.default.svc.cluster.local", port: 80, how: "resolve" },
  },
  {
    id: "network-policy-ipv4-only",
    summary: "a NetworkPolicy lets in 0.0.0.0/0 and no IPv6",
    inject: [
      {
        create: policy,
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
    ],
    heal: [{ remove: `${policy}/from-anywhere` }],
    breaks: crossNode,
  },
  {
    id: "underlay-below-node-mtu",
    summary: "a link between the nodes carries 1400 bytes and nobody says so",
    inject: [{ in: "gw", run: ["ip", "link", "set", "n2", "mtu", "1400"] }],
    heal: [{ in: "gw", run: ["ip", "link", "set", "n2", "mtu", "1500"] }],
    breaks: { from: "n2-p1", to: pod(1, 1), port: 8080, how: "transfer" },
  },
  {
    id: "dad-failed",
    summary: "another pod has the pod's address, and duplicate address detection has found out",
    inject: [
      { in: "n1-p2", run: ["ip", "addr", "add", `${pod(1, 1)}/64`, "dev", "eth0", "nodad"] },
      { in: "n1-p1", run: ["sysctl", "-qw", "net.ipv6.conf.all.accept_dad=1", "net.ipv6.conf.eth0.accept_dad=1"] },
      { in: "n1-p1", run: ["ip", "addr", "del", `${pod(1, 1)}/64`, "dev", "eth0"] },
      { in: "n1-p1", run: ["ip", "addr", "add", `${pod(1, 1)}/64`, "dev", "eth0"] },
      {
        in: "n1-p1",
        run: ["ip", "-6", "route", "replace", "default", "via", "fd00:10:244:1::1", "dev", "eth0", "onlink"],
      },
    ],
    heal: [
      { in: "n1-p2", run: ["ip", "addr", "del", `${pod(1, 1)}/64`, "dev", "eth0"] },
      { in: "n1-p1", run: ["sysctl", "-qw", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.eth0.accept_dad=0"] },
      { in: "n1-p1", run: ["ip", "addr", "del", `${pod(1, 1)}/64`, "dev", "eth0"] },
      { in: "n1-p1", run: ["ip", "addr", "add", `${pod(1, 1)}/64`, "dev", "eth0"] },
      { in: "n1-p1", run: ["ip", "-6", "route", "replace", "default", "via", "fd00:10:244:1::1"] },
      // Everybody on the node who talked to the other pod still has its hardware address.
      ...["n1", "n1-p2", "dns"].map((place) => ({ in: place, run: ["ip", "-6", "neigh", "flush", "to", pod(1, 1)] })),
    ],
    breaks: crossNode,
  },
  {
    id: "ra-default-lost",
    summary: "the node forwards and does not accept router advertisements, so its IPv6 default route is gone",
    inject: [
      { in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.eth0.accept_ra=1"] },
      { in: "n1", run: ["ip", "-6", "route", "flush", "proto", "ra"] },
    ],
    heal: [{ in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.eth0.accept_ra=2"] }],
    breaks: { from: "n1-p1", to: "2001:db8:ffff::1", port: 80, how: "connect" },
    needs: "ra",
  },
];
