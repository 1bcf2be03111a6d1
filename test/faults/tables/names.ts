import { by, corefile, type Faults, from, merge, named, paths, service } from "../case.ts";
import { nat64 } from "./nat64.ts";

const answers = (rcode: string, forward?: string) =>
  corefile(`template IN AAAA example.test {\n        rcode ${rcode}\n    }`, forward);

/** Of names: what resolvers answer, where they are, and what they make up. */
export const nameFaults: Faults = {
  "no-aaaa": {
    what: "a template holds all of them back",
    on: ["dual"],
    make: [corefile("template IN AAAA . {\n        rcode NOERROR\n    }")],
    subject: service,
  },
  "aaaa-nxdomain": {
    what: "of a name that has an A record",
    on: ["dual"],
    make: [answers("NXDOMAIN", "172.18.0.53")],
    subject: named("example.test"),
  },
  "aaaa-servfail": {
    what: "of a name that has an A record",
    on: ["dual"],
    make: [answers("SERVFAIL", "172.18.0.53")],
    subject: named("example.test"),
  },
  "dns-server-family-unreachable": [
    {
      what: "the kubelet writes the IPv4 address into a pod that has none",
      on: ["ipv6"],
      make: [{ resolver: "n1-p1", servers: ["10.96.0.10"] }],
      subject: named("example.test"),
    },
    {
      what: "a pod that has IPv6 alone, in a cluster of both",
      on: ["dual"],
      lab: { only: { "n1-p1": "IPv6" } },
      make: [{ resolver: "n1-p1", servers: ["10.96.0.10"] }],
      subject: named("example.test"),
    },
  ],
  "dns-server-of-no-service": {
    what: "the DNS Service was made IPv4-only, and its IPv6 address is still in resolv.conf",
    on: ["dual"],
    make: [
      merge(`${paths.systemServices}/kube-dns`, {
        spec: { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"], clusterIPs: ["10.96.0.10"] },
      }),
    ],
    subject: service,
  },
  "dns-upstream-link-local": {
    what: "the router of the node is its resolver",
    make: [corefile("errors", "fe80::1%eth0")],
    subject: named("example.test"),
  },
  "dns-upstream-other-family": {
    what: "CoreDNS has IPv6, and its resolver IPv4",
    on: ["ipv6"],
    make: [corefile("errors", "172.18.0.1")],
    subject: named("example.test"),
  },
  "dns64-prefix-not-routed": {
    what: "a translator of another prefix on the node",
    make: [
      corefile("dns64 {\n        allow_ipv4\n    }"),
      ...by(
        "n1",
        "ip link add nat64 type veth peer name nat64-peer",
        "ip link set nat64 up",
        "ip link set nat64-peer up",
        "ip -6 route add 2001:db8:64::/96 dev nat64",
      ),
      ...by("gw", "ip -6 route add unreachable 64:ff9b::/96"),
    ],
    subject: { from, outside: ["2001:db8:ffff::1", "64:ff9b::c633:6401", "64:ff9b::c633:6402"] },
  },
  "dns64-rewrites-cluster-names": {
    what: "translate_all",
    on: ["dual"],
    make: [corefile("dns64 {\n        translate_all\n        allow_ipv4\n    }")],
    subject: { from, to: { kind: "name", name: "web.default.svc.cluster.local", port: 80 } },
  },
  "dns64-with-ipv4": {
    what: "it answers whoever asks",
    on: ["dual", "bridge", "routed"],
    program: "tayga",
    make: [
      ...nat64("2001:db8:64::/96"),
      corefile("dns64 {\n        prefix 2001:db8:64::/96\n        allow_ipv4\n    }"),
    ],
    subject: { from, to: { kind: "name", name: "four.example.test", port: 80 }, outside: [] },
    verdict: "latent",
  },
  "nat64-missing": {
    what: "nobody translates",
    make: by("gw", "ip -6 route add blackhole 64:ff9b::/96"),
    subject: { from, outside: ["2001:db8:ffff::1", "64:ff9b::c633:6401", "64:ff9b::c633:6402"] },
  },
  "nat64-private-ipv4": {
    what: "an address of RFC 1918 behind the well-known prefix",
    program: "tayga",
    make: [...nat64("64:ff9b::/96"), corefile("dns64")],
    subject: { from, outside: ["64:ff9b::5db8:d822", "64:ff9b::a00:7", "64:ff9b::a00:8"] },
  },
  "ipv4-literal-without-ipv4": {
    what: "in a pod that has IPv6 alone",
    on: ["ipv6"],
    make: [],
    subject: { from, to: { kind: "address", address: "198.51.100.1", port: 80 } },
  },
  "ipv4-only-name-without-ipv4": {
    what: "of a pod that has IPv6 alone",
    on: ["ipv6"],
    make: [],
    subject: named("four.example.test"),
  },
};
