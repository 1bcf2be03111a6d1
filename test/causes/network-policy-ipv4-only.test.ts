import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ciliumMonitor } from "#test/agents/recorded.ts";
import { cilium, dropsOf } from "./agents.ts";
import { a, b, type Dial, judge, nobody, podObject, unserved } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const carriedOut =
  "*filter\n:FORWARD ACCEPT [0:0]\n[9:720] -A FORWARD -j KUBE-NWPLCY\n[9:720] -A KUBE-NWPLCY -d fd00:10:244:2::11/128 -j DROP\nCOMMIT\n";

describe("network-policy-ipv4-only", () => {
  it("IPv4 is let in, IPv6 is not", () => {
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
        routes: seen.routes(seen.staticDefault),
        ip6tables: seen.rules(carriedOut),
      },
    });
    const unenforced = { ...given(["0.0.0.0/0"]) };
    const idle = { ...unenforced, seen: { ...unenforced.seen, ip6tables: seen.harmlessRules } };
    assert.equal(judge("network-policy-ipv4-only", idle).status, "possible", "nobody is seen to enforce policies");
    assert.match(judge("network-policy-ipv4-only", idle).missing ?? "", /no agent/);
    const alone = { ...unenforced, dials: silent };
    assert.equal(judge("network-policy-ipv4-only", alone).status, "possible", "IPv4 was not seen to work");
    const firewall = { ...unenforced.seen, ip6tables: seen.rules("*filter\n[9:720] -A FORWARD -j DROP\nCOMMIT\n") };
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

  it("a policy of the CNI's own kind counts, and is named with its field", () => {
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

  describe("a rule that carries it out", () => {
    const policy = {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "from-anywhere", namespace: "default" },
      spec: {
        podSelector: { matchLabels: { app: "b" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
      },
    };
    const pods = [a, b, podObject("c", "n2", ["10.244.2.12", "fd00:10:244:2::12"])];
    const reached: readonly Dial[] = [...silent, { outcome: "ok", family: "IPv4" }, { outcome: "ok", pod: 2 }];
    const under = (agent: string, more: object = {}, dials = reached) =>
      judge("network-policy-ipv4-only", {
        pods,
        dials,
        seen: {
          "network-policies": [policy],
          policies: unserved,
          "daemon-sets": [{ kind: "DaemonSet", metadata: { name: agent, namespace: "kube-system" } }],
          namespace: { kind: "Namespace", metadata: { name: "default" } },
          routes: seen.routes(seen.staticDefault),
          ip6tables: seen.harmlessRules,
          "nft-fate": [{ translated: [] }, { translated: [] }],
          dial: { ok: false, text: "", ms: 3500, tool: "nc" },
          ...more,
        },
      });
    it("is looked for where the agent writes rules, and needed", () => {
      const { status, because } = under("calico-node");
      assert.equal(status, "possible", because);
      assert.match(because, /But no rule of calico-node on these nodes takes the packets/);
      assert.equal(under("calico-node", { ip6tables: seen.rules(carriedOut) }).status, "proven");
    });
    it("is not where it enforces by other means: a pod beside it that is reached tells", () =>
      assert.equal(under("antrea-agent").status, "proven"));
    it("is not proven by a refusal at once, which is that of a pod that does not listen", () => {
      const dials = [
        { outcome: "refused", ms: 1 },
        { outcome: "ok", family: "IPv4" },
        { outcome: "ok", pod: 2 },
      ] as const;
      const { status, missing } = under("antrea-agent", {}, dials);
      assert.equal(status, "possible");
      assert.match(missing ?? "", /who refuses at once/);
    });
    it("is not where Cilium, which would, was heard to drop nothing", () => {
      const heard = {
        pods: [cilium],
        "agent-drops": dropsOf(ciliumMonitor.silent, "2001:db8:ffff::1"),
        "network-policies": [
          {
            ...policy,
            spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
          },
        ],
      };
      const outside = { scope: "outside", ms: 2000 } as const;
      const dials: readonly Dial[] = [
        { ...outside, outcome: "timeout" },
        { ...outside, outcome: "ok", family: "IPv4" },
        { ...outside, outcome: "ok", host: "2001:db8:ffff::2" },
      ];
      const { status, because } = under("cilium", heard, dials);
      assert.equal(status, "possible");
      assert.match(because, /But Cilium on these nodes dropped nothing of it/);
    });
    it("is no matter of an agent that enforces only where it is told to", () => {
      const { status, missing } = under("aws-node");
      assert.deepEqual(
        [status, missing],
        ["possible", "that aws-node enforces policies here, which is a setting of its own"],
      );
    });
  });
});
