import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { type Dial, judge, nobody, serviceObject } from "./case.ts";
import * as seen from "./observed.ts";

const daemonSet = (name: string, env: Record<string, string> = {}) => ({
  metadata: { name, namespace: "kube-system" },
  spec: {
    template: { spec: { containers: [{ env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }] } },
  },
});
const four = { outcome: "ok", family: "IPv4", scope: "service", ms: 9 } as const;
const service = serviceObject("web", { clusterIPs: ["fd00:10:96::80", "10.96.0.80"], ports: [{ port: 8080 }] });
const pod = "fd00:0010:0244:0001:0000:0000:0000:0011";
const tracked = (destination: string, answers: string) =>
  parseNfConntrack(
    `ipv6 10 tcp 6 118 SYN_SENT src=${pod} dst=${destination} sport=1 dport=8080 [UNREPLIED] src=${answers} dst=${pod} sport=8080 dport=1 mark=0 use=1\n`,
  );
const vip = "fd00:0010:0096:0000:0000:0000:0000:0080";
const backend = "fd00:0010:0244:0002:0000:0000:0000:0011";
const slices = [
  { metadata: { name: "web-x" }, addressType: "IPv6", endpoints: [{ addresses: ["fd00:10:244:2::11"] }] },
];
const dialled = { ok: false, text: "", ms: 3500, tool: "nc" };

describe("kube-proxy-no-ipv6-rules", () => {
  const dual = serviceObject("web", {
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
    selector: { app: "b" },
  });
  const slice = (addressType: string, ...ready: boolean[]) => ({
    metadata: { name: addressType },
    addressType,
    endpoints: ready.map((each) => ({ conditions: { ready: each } })),
  });

  it("pods answer, the Service does not, and no rule names it", () => {
    const dials = [
      { outcome: "timeout", scope: "service", ms: 2000 },
      { outcome: "ok", scope: "service", family: "IPv4" },
      { outcome: "ok" },
    ] as const;
    const config = (mode: string) => ({
      data: { "config.conf": `kind: KubeProxyConfiguration\nmode: ${mode}\n` },
    });
    const here = {
      "endpoint-slices": [slice("IPv6", true)],
      "daemon-sets": [daemonSet("kube-proxy")],
      "config-map kube-proxy": config('""'),
      ip6tables: seen.harmlessRules,
      nftables: seen.noNft,
    };
    const verdict = (more: object, tried: readonly Dial[] = dials) =>
      judge("kube-proxy-no-ipv6-rules", { services: [dual], dials: tried, seen: { ...here, ...more } }).status;
    assert.equal(verdict({}), "proven");
    assert.equal(verdict({ nftables: nobody }), "proven", "its own mode says where its rules are");
    const rule = seen.rules("*nat\n[1:80] -A KUBE-SERVICES -d fd00:10:96::80/128 -p tcp -j KUBE-SVC-X\nCOMMIT\n");
    assert.equal(verdict({ ip6tables: rule }), "excluded");
    assert.equal(verdict({ "daemon-sets": [] }), "possible");
    for (const mode of ["nftables", '"nftables"', "ipvs"])
      assert.equal(
        verdict({ "config-map kube-proxy": config(mode) }),
        "unknown",
        `ip6tables says nothing in mode ${mode}`,
      );
    assert.equal(verdict({ "config-map kube-proxy": nobody }), "possible");
    assert.equal(verdict({ nftables: { ...seen.noNft, tables: ["ip6 kube-proxy"] } }), "unknown");
    assert.equal(verdict({}, [dials[0], { ...dials[1], outcome: "timeout" }, dials[2]]), "possible", "IPv4 fails too");
    assert.equal(verdict({}, [dials[0], dials[1]]), "possible", "no pod was reached directly");
    assert.equal(verdict({ "endpoint-slices": [] }), "excluded", "there is nothing to translate to");
  });

  const given = {
    services: [service],
    dials: [{ outcome: "timeout", scope: "service", ms: 3500 }, four],
    seen: {
      "endpoint-slices": slices,
      ip6tables: seen.harmlessRules,
      "daemon-sets": [],
      dial: dialled,
      "transit node n1": { devices: {}, counters: {}, tracked: tracked(vip, vip) },
    },
  } as const;

  it("whatever mode it is in, and whoever it is", () => {
    const { status, because } = judge("kube-proxy-no-ipv6-rules", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1 passed the connection to fd00:10:96::80 on untranslated/);
  });

  it("with the pods behind it lost as well: by what the node tracks, and else it is not known", () => {
    const dials = [...given.dials, { outcome: "timeout", ms: 2000 }] as const;
    assert.equal(judge("kube-proxy-no-ipv6-rules", { ...given, dials }).status, "proven");
    const unseen = { ...given.seen, "transit node n1": nobody };
    assert.equal(judge("kube-proxy-no-ipv6-rules", { ...given, dials, seen: unseen }).status, "unknown");
  });

  it("is not, where the Service is left to another proxy", () => {
    const label = { "service.kubernetes.io/service-proxy-name": "mine" };
    const own = { ...service, metadata: { ...service.metadata, labels: label } };
    const { status, because } = judge("kube-proxy-no-ipv6-rules", { ...given, services: [own] });
    assert.deepEqual(
      [status, because],
      ["excluded", "Service default/web is left to another proxy (service.kubernetes.io/service-proxy-name: mine)"],
    );
  });

  for (const [what, here] of [
    [
      "ip6tables",
      { ip6tables: seen.rules("*nat\n[1:80] -A KUBE-SERVICES -d fd00:10:96::a/128 -p udp -j KUBE-SVC-X\nCOMMIT\n") },
    ],
    ["nftables", { nftables: { ...seen.noNft, tables: ["ip6 kube-proxy"] } }],
  ] as const)
    it(`is not proven where it has rules for other Services, in ${what}`, () => {
      const { status, missing } = judge("kube-proxy-no-ipv6-rules", { ...given, seen: { ...given.seen, ...here } });
      assert.deepEqual([status, missing], ["possible", "why this Service alone is left out"]);
    });

  const agents = {
    pods: [
      { metadata: { name: "kube-proxy-x7", namespace: "kube-system" }, spec: { containers: [{ name: "kube-proxy" }] } },
    ],
  };
  for (const [word, cause] of [
    ["No iptables support for family IPv6", "ip6tables-missing"],
    ["Failed to execute iptables-restore: exit status 2", "ip6tables-restore-fails"],
  ] as const)
    it(`is not, where its log says why: ${cause}`, () => {
      const log = { ...agents, "log-words": { lines: 9, found: [word] } };
      const { status, because } = judge("kube-proxy-no-ipv6-rules", { ...given, seen: { ...given.seen, ...log } });
      assert.equal(status, "excluded", because);
      assert.match(because, new RegExp(`that is ${cause}$`));
    });

  const variants: Readonly<Record<string, object>> = {
    "it was translated, and the backend is silent": {
      "transit node n1": { devices: {}, counters: {}, tracked: tracked(vip, backend) },
    },
    "the connection is not shown": { "transit node n1": { devices: {}, counters: {} } },
    "nobody may look": { "transit node n1": nobody },
  };

  for (const [what, here] of Object.entries(variants))
    it(`is not proven where ${what}`, () =>
      assert.notEqual(
        judge("kube-proxy-no-ipv6-rules", { ...given, seen: { ...given.seen, ...here } }).status,
        "proven",
      ));
});
