import type { Step } from "#test/lab/faults.ts";
import { by, from, type LabCase, outside, pair, service } from "./lab-case.ts";

const web = "/api/v1/namespaces/default/services/web";
const merge = (patch: string, body: object): Step => ({ patch, type: "merge", body });
const balanced = (spec: object, ...ips: readonly string[]): Step[] => [
  merge(web, { spec: { type: "LoadBalancer", ...spec } }),
  merge(`${web}/status`, { status: { loadBalancer: { ingress: ips.map((ip) => ({ ip })) } } }),
];

/** Of services and their front, of bridges, loopback addresses and advertisements. */
export const moreLabCases: readonly LabCase[] = [
  {
    what: "an endpoint beside the pod, on a bridge whose answers no rule sees",
    lab: { mode: "bridge" },
    make: [
      { remove: "/api/v1/namespaces/default/pods/n2-p1" },
      ...by("n1", "sysctl -qw net.bridge.bridge-nf-call-ip6tables=0"),
    ],
    subject: { ...service, from: { namespace: "default", name: "n1-p2" } },
    proves: ["bridge-hides-replies"],
  },
  {
    what: "a pod that is alone behind its own Service, on a bridge without hairpin mode",
    lab: { mode: "bridge" },
    make: [
      { remove: "/api/v1/namespaces/default/pods/n2-p1" },
      ...by("n1", ...["veth1", "veth2", "vethdns"].map((port) => `bridge link set dev ${port} hairpin off`)),
    ],
    subject: service,
    proves: ["hairpin-off"],
  },
  {
    what: "a DNS Service that was made IPv4-only, and its IPv6 address still in resolv.conf",
    make: [
      merge("/api/v1/namespaces/kube-system/services/kube-dns", {
        spec: { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"], clusterIPs: ["10.96.0.10"] },
      }),
    ],
    subject: service,
    proves: ["dns-server-of-no-service"],
  },
  {
    what: "a server on 127.0.0.1",
    make: [{ serve: "n2-p1", listen: "127.0.0.1:8080" }],
    subject: pair,
    proves: ["listener-loopback-only"],
  },
  {
    what: "a load balancer that lists a node's IPv6 address of a Service that is IPv4-only",
    make: balanced({ ipFamilyPolicy: "SingleStack" }, "172.18.1.1", "2001:db8:18::101"),
    subject: service,
    proves: ["load-balancer-beyond-families", "service-single-stack"],
  },
  {
    what: "a load balancer without an IPv6 address of a Service that has one",
    make: balanced({}, "172.18.1.1"),
    subject: service,
    proves: ["load-balancer-without-ipv6"],
  },
  {
    what: "a router beyond the nodes that has no route out",
    lab: { mode: "bridge" },
    make: by("gw", "ip -6 route add unreachable 2001:db8:ffff::1/128"),
    subject: outside,
    proves: ["no-way-out-upstream"],
  },
  {
    what: "addresses of DNS64 that no NAT64 translates",
    make: by("gw", "ip -6 route add blackhole 64:ff9b::/96"),
    subject: {
      from,
      outside: ["2001:db8:ffff::1", "64:ff9b::c633:6401", "64:ff9b::c633:6402"],
    },
    proves: ["nat64-missing"],
  },
  {
    what: "a node whose router fell silent",
    lab: { mode: "bridge", ra: true },
    make: [
      ...by(
        "n1",
        "ip -6 route flush proto ra",
        "ip6tables -A INPUT -p icmpv6 --icmpv6-type router-advertisement -j DROP",
      ),
    ],
    subject: outside,
    proves: [],
  },
  {
    what: "a node that will lose its default route, as it takes no advertisement any more",
    lab: { mode: "bridge", ra: true },
    make: by("n1", "sysctl -qw net.ipv6.conf.eth0.accept_ra=1"),
    subject: pair,
    proves: [],
    healthy: true,
    notices: ["ra-default-lost"],
  },
  {
    what: "a node that renews its default route by advertisements",
    lab: { mode: "bridge", ra: true },
    make: [],
    subject: pair,
    proves: [],
    healthy: true,
    notices: [],
  },
];
