import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { a, b, type Dial, judge, nobody, nodeObject, podObject, serviceObject, unserved } from "./case.ts";
import * as observed from "./observed.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const fourNodes = [
  nodeObject("n1", ["172.18.1.1"], ["10.244.1.0/24"]),
  nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24"]),
];
const noAddress = [{ outcome: "no-address" }] as const;
const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const outside = [{ outcome: "timeout", scope: "outside", ms: 2000 }] as const;
const daemonSet = (name: string, env: Record<string, string> = {}) => ({
  metadata: { name, namespace: "kube-system" },
  spec: {
    template: { spec: { containers: [{ env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }] } },
  },
});
const carriedOut =
  "*filter\n:FORWARD ACCEPT [0:0]\n[9:720] -A FORWARD -j KUBE-NWPLCY\n[9:720] -A KUBE-NWPLCY -d fd00:10:244:2::11/128 -j DROP\nCOMMIT\n";
const pool = (cidr: string, more: object = {}) => ({ metadata: { name: cidr }, spec: { cidr, ...more } });

describe("what is wrong in the cluster", () => {
  it("cluster-single-stack and node-podcidr-single-stack: no node has an IPv6 range, or only the old one lacks it", () => {
    const given = { pods: onlyFour, dials: noAddress, seen: { services: [] } };
    assert.equal(judge("cluster-single-stack", { ...given, nodes: fourNodes }).status, "proven");
    assert.equal(judge("node-podcidr-single-stack", { ...given, nodes: fourNodes }).status, "excluded");
    const mixed = [fourNodes[0] ?? a, nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24", "fd00:10:244:2::/64"])];
    assert.equal(judge("cluster-single-stack", { ...given, nodes: mixed }).status, "excluded");
    assert.equal(judge("node-podcidr-single-stack", { ...given, nodes: mixed }).status, "proven");
    assert.equal(judge("cluster-single-stack", { seen: given.seen }).status, "excluded");
  });

  it("cluster-single-stack: nodes without podCIDRs say nothing", () => {
    const bare = [nodeObject("n1", ["172.18.1.1"], []), nodeObject("n2", ["172.18.1.2"], [])];
    assert.equal(
      judge("cluster-single-stack", { pods: onlyFour, nodes: bare, dials: noAddress, seen: { services: [] } }).status,
      "possible",
    );
  });

  it("calico-felix-ipv6-off and calico-no-ipv6-pool: pods have an address, or none", () => {
    const off = {
      "daemon-sets": [daemonSet("calico-node", { FELIX_IPV6SUPPORT: "false" })],
      "calico-felix": [],
      routes: observed.routes(observed.staticDefault),
    };
    assert.equal(judge("calico-felix-ipv6-off", { dials: silent, seen: off }).status, "proven");
    const routed = { ...off, routes: observed.routes(observed.toPodB) };
    assert.equal(judge("calico-felix-ipv6-off", { dials: silent, seen: routed }).status, "excluded", "somebody routes");
    const unlooked = { ...off, routes: nobody };
    assert.equal(judge("calico-felix-ipv6-off", { dials: silent, seen: unlooked }).status, "possible");
    const resource = {
      "daemon-sets": [daemonSet("calico-node")],
      "calico-felix": [{ metadata: { name: "default" }, spec: { ipv6Support: false } }],
      routes: observed.routes(),
    };
    assert.match(
      judge("calico-felix-ipv6-off", { dials: silent, seen: resource }).because,
      /FelixConfiguration default/,
    );
    const unreadable = { ...resource, "calico-felix": nobody };
    assert.equal(judge("calico-felix-ipv6-off", { dials: silent, seen: unreadable }).status, "possible");
    assert.equal(judge("calico-felix-ipv6-off", { dials: [{ outcome: "ok" }], seen: off }).status, "excluded");
    const four = { "daemon-sets": [daemonSet("calico-node")], "calico-pools": [pool("10.244.0.0/16")] };
    assert.equal(judge("calico-no-ipv6-pool", { pods: onlyFour, dials: noAddress, seen: four }).status, "proven");
    assert.equal(judge("calico-no-ipv6-pool", { dials: silent, seen: four }).status, "excluded");
    const disabled = { ...four, "calico-pools": [pool("fd00:10:244::/48", { disabled: true })] };
    assert.match(
      judge("calico-no-ipv6-pool", { pods: onlyFour, dials: noAddress, seen: disabled }).because,
      /is disabled/,
    );
  });

  it("calico-ip6-autodetection: IP6 unset, and nodes without the annotation", () => {
    const sets = { "daemon-sets": [daemonSet("calico-node", { IP: "autodetect" })] };
    const unset = { ...sets, routes: observed.routes(observed.staticDefault) };
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: unset }).status, "proven");
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: sets }).status, "possible", "no routes seen");
    const other = { ...sets, routes: observed.routes(observed.toN2) };
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: other }).status, "excluded");
    const set = { "daemon-sets": [daemonSet("calico-node", { IP6: "autodetect" })] };
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: set }).status, "excluded");
  });

  it("cilium-ipv6-disabled and flannel-ipv6-not-enabled: the agent's own configuration", () => {
    const cilium = (value: string) => ({
      "daemon-sets": [daemonSet("cilium")],
      "config-map": { data: { "enable-ipv6": value } },
    });
    assert.equal(
      judge("cilium-ipv6-disabled", { pods: onlyFour, dials: noAddress, seen: cilium("false") }).status,
      "proven",
    );
    assert.equal(
      judge("cilium-ipv6-disabled", { pods: onlyFour, dials: noAddress, seen: cilium("true") }).status,
      "excluded",
    );
    const flannel = (text: string) => ({
      "daemon-sets": [daemonSet("kube-flannel-ds")],
      "config-map": { data: { "net-conf.json": text } },
    });
    const shipped = '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}';
    assert.equal(
      judge("flannel-ipv6-not-enabled", { pods: onlyFour, dials: noAddress, seen: flannel(shipped) }).status,
      "proven",
    );
    const dual = '{"EnableIPv6": true, "IPv6Network": "fd00:10:244::/48"}';
    assert.equal(
      judge("flannel-ipv6-not-enabled", { pods: onlyFour, dials: noAddress, seen: flannel(dual) }).status,
      "excluded",
    );
    assert.equal(
      judge("flannel-ipv6-not-enabled", { pods: onlyFour, dials: noAddress, seen: flannel("{") }).status,
      "unknown",
    );
  });

  it("ipv6-pool-not-masqueraded: the node gets out, its pods with a unique local address do not", () => {
    const dial = { ok: true, ms: 10, tool: "bash", text: "" };
    const here = {
      dial,
      "calico-pools": [pool("fd00:10:244::/48", { natOutgoing: false })],
      ip6tables: observed.harmlessRules,
      nftables: observed.noNft,
    };
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: outside, seen: here }).status, "proven");
    const unread = judge("ipv6-pool-not-masqueraded", { dials: outside, seen: { ...here, nftables: nobody } });
    assert.equal(unread.status, "possible", "flannel may masquerade in nftables");
    assert.match(unread.missing ?? "", /nftables on node n1/);
    const flannel = { ...observed.noNft, masquerades: ["ip6 flannel-ipv6 postrtg"] };
    assert.equal(
      judge("ipv6-pool-not-masqueraded", { dials: outside, seen: { ...here, nftables: flannel } }).status,
      "excluded",
    );
    const toolless = { ...here, dial: nobody, "calico-pools": unserved };
    assert.equal(
      judge("ipv6-pool-not-masqueraded", { dials: outside, seen: toolless }).status,
      "possible",
      "nothing on the node can dial",
    );
    const stuck = { ...here, dial: { ok: false, ms: 2000, tool: "bash", text: "" } };
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: outside, seen: stuck }).status, "excluded");
    const masquerading = observed.rules("*nat\n[3:240] -A POSTROUTING -s fd00:10:244::/48 -j MASQUERADE\nCOMMIT\n");
    const translated = {
      dial,
      nftables: observed.noNft,
      "calico-pools": [pool("fd00:10:244::/48", { natOutgoing: true })],
      ip6tables: masquerading,
    };
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: outside, seen: translated }).status, "excluded");
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: [...outside, ...silent], seen: here }).status, "excluded");
  });

  it("network-policy-ipv4-only: IPv4 is let in, IPv6 is not", () => {
    const policy = (cidrs: string[]) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "from-anywhere", namespace: "default" },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }],
      },
    });
    const given = (cidrs: string[]) => ({
      dials: [...silent, { outcome: "ok", family: "IPv4" }] as const,
      seen: {
        "network-policies": [policy(cidrs)],
        policies: unserved,
        "daemon-sets": [],
        namespace: { kind: "Namespace", metadata: { name: "default" } },
        routes: observed.routes(observed.staticDefault),
        ip6tables: observed.rules(carriedOut),
      },
    });
    const unenforced = { ...given(["0.0.0.0/0"]) };
    const idle = { ...unenforced, seen: { ...unenforced.seen, ip6tables: observed.harmlessRules } };
    assert.equal(judge("network-policy-ipv4-only", idle).status, "possible", "nobody is seen to enforce policies");
    assert.match(judge("network-policy-ipv4-only", idle).missing ?? "", /no agent/);
    const alone = { ...unenforced, dials: silent };
    assert.equal(judge("network-policy-ipv4-only", alone).status, "possible", "IPv4 was not seen to work");
    const firewall = { ...unenforced.seen, ip6tables: observed.rules("*filter\n[9:720] -A FORWARD -j DROP\nCOMMIT\n") };
    assert.equal(
      judge("network-policy-ipv4-only", { ...unenforced, seen: firewall }).status,
      "possible",
      "a firewall takes them first",
    );
    assert.equal(judge("forward-policy-drops-ipv6", { ...unenforced, seen: firewall }).status, "proven");
    assert.equal(judge("network-policy-ipv4-only", given(["0.0.0.0/0"])).status, "proven");
    assert.equal(
      judge("forward-policy-drops-ipv6", given(["0.0.0.0/0"])).status,
      "excluded",
      "the rule only carries it out",
    );
    assert.equal(judge("network-policy-ipv4-only", given(["0.0.0.0/0", "::/0"])).status, "excluded");
    assert.equal(
      judge("network-policy-ipv4-only", given(["192.0.2.0/24"])).status,
      "possible",
      "IPv4 is denied as well",
    );
    const { because } = judge("network-policy-ipv4-only", given(["0.0.0.0/0"]));
    assert.match(
      because,
      /NetworkPolicy default\/from-anywhere isolates .*prefixes it names are all IPv4 \(spec\.ingress\)/,
    );
    const blind = { ...given([]), seen: { ...given([]).seen, "network-policies": nobody } };
    assert.equal(judge("network-policy-ipv4-only", blind).status, "unknown", "forbidden is not allowed");
  });

  it("network-policy-ipv4-only: a policy of the CNI's own kind counts, and is named with its field", () => {
    const cilium = {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name: "from-ipv4", namespace: "default" },
      spec: { endpointSelector: {}, ingress: [{ fromCIDR: ["0.0.0.0/0"] }], egress: [{ toCIDR: ["0.0.0.0/0"] }] },
    };
    const { because } = judge("network-policy-ipv4-only", {
      dials: [{ outcome: "timeout", scope: "outside" }],
      seen: {
        "network-policies": [],
        policies: unserved,
        "policies CiliumNetworkPolicy": [cilium],
        "daemon-sets": [{ kind: "DaemonSet", metadata: { name: "cilium", namespace: "kube-system" } }],
        namespace: { kind: "Namespace", metadata: { name: "default" } },
      },
    });
    assert.match(because, /CiliumNetworkPolicy default\/from-ipv4.*\(?spec\.egress/);
  });
});

describe("what is wrong with Services and names", () => {
  const dual = serviceObject("web", {
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
    selector: { app: "b" },
  });
  const single = serviceObject("web", {
    ipFamilyPolicy: "SingleStack",
    ipFamilies: ["IPv4"],
    clusterIPs: ["10.96.0.80"],
  });
  const refused = [{ outcome: "refused", scope: "service", ms: 1000 }] as const;
  const slice = (addressType: string, ...ready: boolean[]) => ({
    metadata: { name: addressType },
    addressType,
    endpoints: ready.map((each) => ({ conditions: { ready: each } })),
  });

  it("service-single-stack and no-aaaa: the Service has no address to tell, or DNS does not tell it", () => {
    const lookups = ["no-record"] as const;
    const here = {
      services: [dual],
      "config-map coredns": { data: { Corefile: ".:53 {\n    template IN AAAA . {\n    }\n}" } },
    };
    const verdicts = (service: typeof dual) =>
      (["service-single-stack", "no-aaaa"] as const).map(
        (id) => judge(id, { services: [service], lookups, lookupsA: ["ok"], seen: here }).status,
      );
    assert.deepEqual(verdicts(single), ["proven", "excluded"]);
    assert.deepEqual(verdicts(dual), ["excluded", "proven"]);
    const asked = { services: [dual], lookups, seen: here };
    assert.match(judge("no-aaaa", { ...asked, lookupsA: ["ok"] }).because, /template IN AAAA/);
    assert.equal(judge("no-aaaa", { ...asked, lookupsA: ["name-error"] }).status, "excluded", "the name is not known");
    assert.equal(judge("no-aaaa", asked).status, "unknown", "nobody asked for an A record");
    assert.equal(judge("no-aaaa", { ...asked, lookupsA: ["not-looked"] }).status, "unknown");
  });

  it("service-single-stack: a server that does not answer says nothing of the Service", () => {
    const given = { services: [single], seen: { services: [single, dual] } };
    assert.equal(judge("service-single-stack", { ...given, lookups: ["timeout"] }).status, "possible");
    const silentToo = judge("service-single-stack", { ...given, lookups: ["no-record", "timeout"] });
    assert.deepEqual(silentToo.explains, ["AAAA no-record"]);
  });

  it("service-single-stack: nobody is told to give the API server's own Service an address that refuses", () => {
    const api = { ...single, metadata: { name: "kubernetes", namespace: "default" } };
    const { fix } = judge("service-single-stack", {
      services: [api],
      lookups: ["no-record"],
      seen: { services: [api, dual] },
    });
    assert.doesNotMatch(fix ?? "", /kubectl|PreferDualStack/);
    assert.match(fix ?? "", /Leave it/);
  });

  it("service-single-stack: possible only, where no Service has IPv6 at all", () => {
    assert.equal(
      judge("service-single-stack", { services: [single], seen: { services: [single] } }).status,
      "possible",
    );
    assert.equal(
      judge("service-single-stack", { pods: onlyFour, services: [single], seen: { services: [single] } }).status,
      "excluded",
    );
  });

  it("no-ready-ipv6-endpoints: an IPv4 slice alone, or nobody ready", () => {
    const verdict = (...slices: object[]) =>
      judge("no-ready-ipv6-endpoints", { services: [dual], dials: refused, seen: { "endpoint-slices": slices } })
        .status;
    assert.equal(verdict(slice("IPv4", true)), "proven");
    assert.equal(verdict(slice("IPv4", true), slice("IPv6", false)), "proven");
    assert.equal(verdict(slice("IPv4", true), slice("IPv6", true)), "excluded");
  });

  it("kube-proxy-no-ipv6-rules: pods answer, the Service does not, and no rule names it", () => {
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
      ip6tables: observed.harmlessRules,
      nftables: observed.noNft,
    };
    const verdict = (more: object, tried: readonly Dial[] = dials) =>
      judge("kube-proxy-no-ipv6-rules", { services: [dual], dials: tried, seen: { ...here, ...more } }).status;
    assert.equal(verdict({}), "proven");
    assert.equal(verdict({ nftables: nobody }), "proven", "its own mode says where its rules are");
    const rule = observed.rules("*nat\n[1:80] -A KUBE-SERVICES -d fd00:10:96::80/128 -p tcp -j KUBE-SVC-X\nCOMMIT\n");
    assert.equal(verdict({ ip6tables: rule }), "excluded");
    assert.equal(verdict({ "daemon-sets": [] }), "possible");
    for (const mode of ["nftables", '"nftables"', "ipvs"])
      assert.equal(
        verdict({ "config-map kube-proxy": config(mode) }),
        "unknown",
        `ip6tables says nothing in mode ${mode}`,
      );
    assert.equal(verdict({ "config-map kube-proxy": nobody }), "possible");
    assert.equal(verdict({ nftables: { ...observed.noNft, tables: ["ip6 kube-proxy"] } }), "unknown");
    assert.equal(verdict({}, [dials[0], { ...dials[1], outcome: "timeout" }, dials[2]]), "possible", "IPv4 fails too");
    assert.equal(verdict({}, [dials[0], dials[1]]), "possible", "no pod was reached directly");
    assert.equal(verdict({ "endpoint-slices": [] }), "excluded", "there is nothing to translate to");
  });

  it("service-range-inside-pod-range: arithmetic", () => {
    const inside = serviceObject("web", { clusterIPs: ["fd00:10:244:2::80"] });
    const dials = [{ outcome: "timeout", scope: "service" }, { outcome: "ok" }] as const;
    const given = { pods: [a, b], services: [inside] };
    assert.equal(judge("service-range-inside-pod-range", given).status, "possible", "nothing was dialled");
    assert.equal(judge("service-range-inside-pod-range", { ...given, dials }).status, "proven");
    assert.equal(judge("service-range-inside-pod-range", { services: [dual] }).status, "excluded");
  });
});
