import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { a, b, gone, judge, n1, nobody, nodeObject, podObject, serviceObject } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const lost = [{ outcome: "host-unreachable", ms: 3080 }] as const;
const asked = seen.counters({ Icmp6OutNeighborSolicits: 3 });
const quiet = seen.counters();
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const link = (hex: string, device: string) => `${hex} 02 40 20 80 ${device}\n`;
const n1Bridge = global("fd0000100244000100000000000000bd", "30", "cni0");
const n2Own = global("20010db8001800000000000000000102", "40", "eth0");

/** Verdicts by what is different from the fault. */
function variants(
  id: Parameters<typeof judge>[0],
  given: Parameters<typeof judge>[1],
  others: Readonly<Record<string, readonly [object, string]>>,
) {
  for (const [what, [here, status]] of Object.entries(others))
    it(`${id}: ${status} where ${what}`, () => {
      const judged = judge(id, { ...given, seen: { ...given.seen, ...here } });
      assert.equal(judged.status, status, judged.because);
    });
}

describe("a prefix on link that covers another node's pods", () => {
  const onLink = seen.toN2
    .replace(/^.{32} 40/, "fd000010024400000000000000000000 30")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001")
    .replace("eth0", "cni0");
  const given = {
    dials: lost,
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, onLink),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      "addresses node n1": parseIfInet6(n1Bridge),
      counters: asked,
    },
  };
  it("pod-range-on-link: names the node, the interface and the length", () => {
    const { status, because } = judge("pod-range-on-link", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /on node n1 cni0 has fd00:10:244:1::bd\/48.*fd00:10:244::\/48 takes fd00:10:244:2::11.*runs on node n2/,
    );
  });
  it("pod-range-on-link: on the way back as well", () => {
    const back = onLink;
    const { status, because } = judge("pod-range-on-link", {
      dials: lost,
      seen: {
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
        "routes node n2": seen.routes(back),
        "addresses node n2": parseIfInet6(n1Bridge),
        counters: asked,
      },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n2 .*takes fd00:10:244:1::11/);
  });
  variants("pod-range-on-link", given, {
    "no solicitation was counted": [{ counters: quiet }, "possible"],
    "a longer route goes to the other node": [{ "routes node n1": seen.routes(onLink, seen.toN2) }, "excluded"],
    "no address has the prefix: a tunnel's route": [{ "addresses node n1": parseIfInet6(n2Own) }, "excluded"],
    "nobody may look": [{ "routes node n1": nobody }, "unknown"],
  });
});

describe("a next hop that is not the other node", () => {
  const stale = seen.toN2.replace("20010db8001800000000000000000102", "20010db8001800000000000000000099");
  const given = {
    dials: lost,
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, stale),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      "addresses node n2": parseIfInet6(n2Own),
      "addresses node n1": seen.nodeAddresses,
      counters: asked,
    },
  };
  it("next-hop-not-peer: names both", () => {
    const { status, because, fix } = judge("next-hop-not-peer", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1 sends .* to 2001:db8:18::99 dev eth0, which is no address of node n2/);
    assert.match(fix ?? "", /2001:db8:18::102/);
  });
  const router = stale.replace("20010db8001800000000000000000099", "fd0000100244000100000000000000ff");
  variants("next-hop-not-peer", given, {
    "the next hop is the other node's": [{ "routes node n1": seen.routes(seen.staticDefault, seen.toN2) }, "excluded"],
    "it is the router everything goes to": [{ "routes node n1": seen.routes(seen.staticDefault, router) }, "possible"],
    "the other node lists the address, and has lost it": [
      { "routes node n1": seen.routes(seen.staticDefault, seen.toN2), "addresses node n2": seen.linkLocalOnly },
      "excluded",
    ],
    "only the default route is left": [{ "routes node n1": seen.routes(seen.staticDefault) }, "excluded"],
    "nothing was counted": [{ counters: quiet }, "possible"],
    "nobody may look at the other node": [{ "addresses node n2": nobody }, "unknown"],
  });
});

describe("a pod's gateway", () => {
  const given = {
    dials: lost,
    seen: {
      "routes pod default/a": seen.routes(seen.staticDefault),
      "counters pod default/a": asked,
      "addresses node n1": parseIfInet6(n1Bridge),
    },
  };
  it("pod-gateway-missing: names the address", () => {
    const { status, because } = judge("pod-gateway-missing", given);
    assert.equal(status, "proven", because);
    assert.match(because, /goes to fd00:10:244:1::ff, which is on no interface of node n1; .* 3 times/);
  });
  variants("pod-gateway-missing", given, {
    "the node has it": [
      { "addresses node n1": parseIfInet6(global("fd0000100244000100000000000000ff", "40", "cni0")) },
      "excluded",
    ],
    "somebody answers for it, such as an eBPF program": [
      { "counters pod default/a": seen.counters({ Icmp6OutNeighborSolicits: 1, Icmp6InNeighborAdvertisements: 1 }) },
      "excluded",
    ],
    "it was not asked for": [{ "counters pod default/a": quiet }, "possible"],
    "nobody may look at the node": [{ "addresses node n1": nobody }, "unknown"],
    "it is a link-local address": [{ "routes pod default/a": seen.routes(seen.advertisedDefault) }, "excluded"],
  });

  const toPod = seen.toN2
    .replace(/^.{32} 40/, "fd000010024400010000000000000011 80")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001")
    .replace("eth0", "veth1");
  const linkLocal = {
    dials: lost,
    seen: {
      "routes pod default/a": seen.routes(seen.advertisedDefault),
      "counters pod default/a": asked,
      "routes node n1": seen.routes(toPod),
      "addresses node n1": parseIfInet6(link("fe80000000000000000000000000beef", "veth2")),
    },
  };
  it("host-side-without-link-local: although another pod's interface has the same address", () => {
    const { status, because } = judge("host-side-without-link-local", linkLocal);
    assert.equal(status, "proven", because);
    assert.match(because, /veth1 of node n1, its other end, has no link-local address/);
  });
  variants("host-side-without-link-local", linkLocal, {
    "the interface has it": [
      { "addresses node n1": parseIfInet6(link("fe80000000000000000000000000beef", "veth1")) },
      "excluded",
    ],
    "an entry is fixed, so that nobody is asked": [{ "counters pod default/a": quiet }, "possible"],
    "somebody answers": [
      { "counters pod default/a": seen.counters({ Icmp6OutNeighborSolicits: 1, Icmp6InNeighborAdvertisements: 1 }) },
      "excluded",
    ],
    "the gateway is a global address": [{ "routes pod default/a": seen.routes(seen.staticDefault) }, "excluded"],
  });
});

describe("addresses that nobody has", () => {
  const given = {
    dials: silent,
    seen: {
      "addresses pod default/a": seen.linkLocalOnly,
      "addresses pod default/b": seen.podAddresses,
      "interface-sysctls": seen.settings,
    },
  };
  it("podip-not-on-interface: the API lists it, the interface lost it", () => {
    const { status, because } = judge("podip-not-on-interface", given);
    assert.equal(status, "proven", because);
    assert.match(because, /pod default\/a has fd00:10:244:1::11; its interfaces have eth0 fe80::/);
  });
  const here = { "addresses pod default/b": parseIfInet6(global("fd000010024400020000000000000011", "40", "eth0")) };
  variants(
    "podip-not-on-interface",
    { ...given, seen: { ...given.seen, ...here } },
    {
      "it is there": [{ "addresses pod default/a": seen.podAddresses }, "excluded"],
      "IPv6 is off on the interface": [{ "interface-sysctls": { eth0: { disable_ipv6: 1 } } }, "excluded"],
      "nobody may look": [{ "addresses pod default/a": nobody }, "unknown"],
    },
  );

  const node = {
    dials: [{ outcome: "timeout", scope: "node", ms: 3500 }],
    seen: { "addresses node n1": seen.nodeAddresses, "addresses node n2": parseIfInet6(n2Own) },
  } as const;
  it("node-address-not-on-interface: only a hint while nothing dials the address", () => {
    const moved = {
      ...node,
      dials: silent,
      nodes: [n1, nodeObject("n2", ["172.18.1.2", "2001:db8:18::777"], ["fd00:10:244:2::/64"])],
    };
    const { status, because } = judge("node-address-not-on-interface", moved);
    assert.equal(status, "possible", because);
    assert.match(
      because,
      /node n2 lists 2001:db8:18::777, which is on none of its interfaces; it has eth0 2001:db8:18::102/,
    );
  });
  variants("node-address-not-on-interface", node, {
    "every address is there": [{}, "excluded"],
    "the interfaces could not be read": [{ "addresses node n2": nobody }, "unknown"],
  });

  it("node-address-not-on-interface: proven where the other node sends there what is for its pods", () => {
    const { status, because } = judge("node-address-not-on-interface", {
      dials: [...silent, { outcome: "ok", family: "IPv4", ms: 9 }],
      seen: {
        "interface-sysctls": seen.settings,
        "addresses node n1": seen.nodeAddresses,
        "addresses node n2": seen.linkLocalOnly,
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /node n2 lists 2001:db8:18::102, which is on none of its interfaces.*node n1 sends there/);
  });

  const slice = (address: string, more: object = {}) => ({
    addressType: "IPv6",
    metadata: { name: "web-x" },
    endpoints: [{ addresses: [address], nodeName: "n2", targetRef: { kind: "Pod", name: "b" }, ...more }],
  });
  const service = {
    services: [serviceObject("web", { clusterIPs: ["fd00:10:96::80"] })],
    dials: [{ outcome: "timeout", scope: "service", ms: 3500 }],
    seen: { "endpoint-slices": [slice("fd00:10:244:2::77")], "pod b": b, "addresses node n2": parseIfInet6(n2Own) },
  } as const;
  it("endpoint-not-on-interface: the pod behind it has another address", () => {
    const { status, because } = judge("endpoint-not-on-interface", service);
    assert.equal(status, "proven", because);
    assert.match(because, /lists fd00:10:244:2::77 as ready, and pod b has 10\.244\.2\.11, fd00:10:244:2::11/);
  });
  const host = podObject("b", "n2", ["2001:db8:18::777"], { hostNetwork: true });
  variants("endpoint-not-on-interface", service, {
    "the pod is gone, as it is for a moment after each that ends": [{ "pod b": gone }, "possible"],
    "the pod may not be read": [{ "pod b": nobody }, "unknown"],
    "the slices may not be read": [{ "endpoint-slices": nobody }, "unknown"],
    "the address is the pod's": [{ "endpoint-slices": [slice("fd00:10:244:2::11")] }, "excluded"],
    "it is not ready": [
      { "endpoint-slices": [slice("fd00:10:244:2::77", { conditions: { ready: false } })] },
      "excluded",
    ],
    "its node was renumbered": [{ "pod b": host, "endpoint-slices": [slice("2001:db8:18::777")] }, "proven"],
    "its node has it": [
      {
        "pod b": podObject("b", "n2", ["2001:db8:18::102"], { hostNetwork: true }),
        "endpoint-slices": [slice("2001:db8:18::102")],
      },
      "excluded",
    ],
  });
});

describe("one socket, two families", () => {
  const four = { outcome: "refused", family: "IPv4", ms: 4 } as const;
  const given = {
    dials: [{ outcome: "ok" }, four],
    seen: { listeners: [{ family: "IPv6", address: "::", port: 8080 }] },
  } as const;
  it("listener-ipv6-only: IPv6 connects, IPv4 is refused at once, and nothing else is bound", () => {
    const { status, family } = judge("listener-ipv6-only", given);
    assert.deepEqual([status, family], ["proven", "IPv4"]);
  });
  variants("listener-ipv6-only", given, {
    "IPv4 is listened for": [
      {
        listeners: [
          { family: "IPv4", address: "0.0.0.0", port: 8080 },
          { family: "IPv6", address: "::", port: 8080 },
        ],
      },
      "excluded",
    ],
    "nobody may look": [{ listeners: nobody }, "unknown"],
  });
  it("listener-ipv6-only: refused late, or IPv6 failing too, is something else", () => {
    for (const dials of [
      [{ outcome: "ok" }, { ...four, ms: 1010 }],
      [{ outcome: "refused" }, four],
    ] as const)
      assert.equal(judge("listener-ipv6-only", { ...given, dials }).status, "excluded");
  });
});

describe("pods on the nodes' own prefix", () => {
  const gua = podObject("a", "n1", ["10.244.1.11", "2001:db8:18::1:11"]);
  const ours = (reply: string) =>
    parseNfConntrack(
      `ipv6 10 tcp 6 118 SYN_SENT src=2001:0db8:0018:0000:0000:0000:0001:0011 dst=2001:0db8:ffff:0000:0000:0000:0000:0001 sport=1 dport=8080 [UNREPLIED] src=2001:0db8:ffff:0000:0000:0000:0000:0001 dst=${reply} sport=8080 dport=1 mark=0 use=1\n`,
    );
  const wire = seen.toN2
    .replace(/^.{32} 40/, "20010db8001800000000000000000000 40")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001");
  const given = {
    pods: [gua, b],
    dials: [{ outcome: "timeout", scope: "outside", ms: 3500 }],
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, wire),
      "dial node n1": { ok: true, text: "", ms: 5, tool: "nc" },
      "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "nc" },
      "transit node n1": { devices: {}, counters: {}, tracked: ours("2001:0db8:0018:0000:0000:0000:0001:0011") },
    },
  } as const;
  it("pod-range-needs-ndp-proxy: it left untranslated, nobody answered, and the node gets there itself", () => {
    const { status, because } = judge("pod-range-needs-ndp-proxy", given);
    assert.equal(status, "proven", because);
    assert.match(because, /2001:db8:18::1:11 of the pod is inside 2001:db8:18::\/64, which is on link at eth0/);
  });
  variants("pod-range-needs-ndp-proxy", given, {
    "the node gets no answer either": [{ "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } }, "excluded"],
    "the node translates": [
      { "transit node n1": { devices: {}, counters: {}, tracked: ours("2001:0db8:0018:0000:0000:0000:0000:0101") } },
      "excluded",
    ],
    "the prefix is not on link": [{ "routes node n1": seen.routes(seen.staticDefault) }, "excluded"],
    "what left was not seen": [{ "transit node n1": nobody }, "possible"],
  });
  it("pod-range-needs-ndp-proxy: unique local addresses are another cause", () =>
    assert.equal(judge("pod-range-needs-ndp-proxy", { ...given, pods: [a, b] }).status, "excluded"));
});

describe("what CoreDNS forwards to", () => {
  const corefile = (to: string) => ({
    metadata: { name: "coredns" },
    data: { Corefile: `.:53 {\n  kubernetes cluster.local\n  forward . ${to} {\n    max_concurrent 1000\n  }\n}\n` },
  });
  const slices = (...addresses: string[]) => [
    { metadata: { name: "dns" }, endpoints: addresses.map((address) => ({ addresses: [address] })) },
  ];
  const given = {
    lookups: ["name-error"],
    seen: { "config-map": corefile("172.18.0.1"), "endpoint-slices": slices("fd00:10:244:1::53") },
  } as const;
  it("dns-upstream-other-family: IPv6-only CoreDNS, IPv4 resolver", () => {
    const { status, because, fix } = judge("dns-upstream-other-family", given);
    assert.equal(status, "proven", because);
    assert.match(because, /CoreDNS has IPv6 only and forwards to 172\.18\.0\.1/);
    assert.match(fix ?? "", /resolver over IPv6/);
  });
  variants("dns-upstream-other-family", given, {
    "the other way round": [
      { "config-map": corefile("[2001:db8::53]:5353"), "endpoint-slices": slices("10.244.1.53") },
      "proven",
    ],
    "one of several resolvers can be reached": [{ "config-map": corefile("172.18.0.1 2001:db8::53") }, "excluded"],
    "CoreDNS has both": [{ "endpoint-slices": slices("fd00:10:244:1::53", "10.244.1.53") }, "excluded"],
    "a file says where to": [{ "config-map": corefile("/etc/resolv.conf") }, "excluded"],
    "nobody may look": [{ "config-map": nobody }, "unknown"],
  });
  it("dns-upstream-other-family: a name that resolves, or one without the record, is something else", () => {
    for (const lookups of [["ok"], ["no-record"]] as const)
      assert.equal(judge("dns-upstream-other-family", { ...given, lookups }).status, "excluded");
  });
});
