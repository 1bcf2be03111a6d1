import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;
const rejected = [{ outcome: "denied", ms: 1070 }, four] as const;
const noPolicies = {
  "network-policies": [],
  policies: [],
  "daemon-sets": [],
  namespace: { metadata: { name: "default", labels: {} } },
};
const stop = { hook: "forward", table: "inet hostfw", chain: "fw", rule: "ip6 saddr fd00::/8 drop" };
const passes = { translated: [] };
const fate = (verdict: "drop" | "reject", more: object = {}) => ({
  stopped: { ...stop, verdict, ...more },
  translated: [],
});
const dialAgain = { ok: false, text: "", ms: 3500, tool: "nc" };
const way = {
  ...noPolicies,
  ip6tables: seen.harmlessRules,
  "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
  "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
  dial: dialAgain,
  "nft-fate": [passes, passes],
};
type Variants = Readonly<Record<string, readonly [object, string]>>;
function variants(
  id: Parameters<typeof judge>[0],
  dials: Parameters<typeof judge>[1]["dials"],
  here: object,
  others: Variants,
) {
  for (const [what, [change, status]] of Object.entries(others))
    it(`${id}: ${status} where ${what}`, () => {
      const judged = judge(id, { ...(dials ? { dials } : {}), seen: { ...way, ...here, ...change } });
      assert.equal(judged.status, status, judged.because);
    });
}
const drops = (chain: string, table = "filter", target = "DROP") =>
  seen.rules(
    `*${table}\n:PREROUTING ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:${chain} - [0:0]\n[3:240] -A ${table === "raw" ? "PREROUTING" : "FORWARD"} -j ${chain}\n[3:240] -A ${chain} -d fd00:10:244:2::11/128 -j ${target}\nCOMMIT\n`,
  );

describe("rules of another packet filter", () => {
  const here = { "nft-fate node n1": [fate("drop", { packets: 4 }), passes] };
  it("nftables-drops: names node, table, chain and rule", () => {
    const { status, because } = judge("nftables-drops", { dials: [...silent, four], seen: { ...way, ...here } });
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /on node n1 nftables drops what is dialled: "ip6 saddr fd00::\/8 drop" in inet hostfw fw, which has counted 4 packets/,
    );
  });
  it("nftables-drops: on the far node, and on the way back", () => {
    const far = { "nft-fate node n2": [passes, fate("drop")] };
    const { status, because } = judge("nftables-drops", { dials: [...silent, four], seen: { ...way, ...far } });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n2 nftables drops the answer/);
  });
  variants("nftables-drops", [...silent, four], here, {
    "its counter stands still": [{ "nft-fate node n1": [fate("drop", { packets: 0 }), passes] }, "possible"],
    "it depends on a mark": [
      { "nft-fate node n1": [{ perhaps: { ...stop, verdict: "drop" }, translated: [] }, passes] },
      "possible",
    ],
    "ip6tables could not be read beside it": [{ ip6tables: nobody }, "possible"],
    "nothing stops it": [{ "nft-fate node n1": [passes, passes] }, "excluded"],
    "nobody has nft": [{ "nft-fate node n1": nobody, "nft-fate": nobody }, "unknown"],
    "kube-proxy's own table stops it": [
      { "nft-fate node n1": [fate("drop", { table: "ip6 kube-proxy" }), passes] },
      "excluded",
    ],
    "the rule stands before routing": [
      { "nft-fate node n1": [fate("drop", { hook: "prerouting" }), passes] },
      "excluded",
    ],
  });
});

describe("a firewall that answers", () => {
  const here = { "nft-fate node n2": [fate("reject"), passes] };
  it("firewall-rejects: names the node that rejects", () => {
    const { status, because } = judge("firewall-rejects", { dials: rejected, seen: { ...way, ...here } });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n2 nftables stops what is dialled/);
  });
  it("firewall-rejects: as ip6tables does, also where it looks like a late refusal", () => {
    const { status, because } = judge("firewall-rejects", {
      dials: [{ outcome: "refused", ms: 1040 }, four],
      seen: { ...way, ip6tables: drops("HARDEN", "filter", "REJECT --reject-with icmp6-port-unreachable") },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n1 ip6tables stops what is dialled: the rule "-A HARDEN /);
  });
  variants("firewall-rejects", rejected, here, {
    "no rule shows it": [{ "nft-fate node n2": [passes, passes] }, "possible"],
    "no rules could be read": [{ "nft-fate node n2": nobody, "nft-fate": nobody, ip6tables: nobody }, "possible"],
  });
  it("firewall-rejects: EACCES without a packet, a refusal at once, and silence are something else", () => {
    for (const dials of [[{ outcome: "denied", ms: 0 }], [{ outcome: "refused", ms: 3 }], silent] as const)
      assert.equal(judge("firewall-rejects", { dials, seen: { ...way, ...here } }).status, "excluded");
  });
});

describe("rules before routing, and those of a policy engine", () => {
  it("early-hook-drops: the raw table, through a chain of any name", () => {
    const given = { dials: [...silent, four], seen: { ...way, "ip6tables node n1": drops("DOCKER-RAW", "raw") } };
    const { status, because } = judge("early-hook-drops", given);
    assert.equal(status, "proven", because);
    assert.match(because, /the rule "-A DOCKER-RAW .* took 3 packets/);
    assert.equal(judge("forward-policy-drops-ipv6", given).status, "excluded", "one cause for one rule");
  });
  variants(
    "early-hook-drops",
    [...silent, four],
    {},
    {
      "an early hook of nftables drops it": [
        { "nft-fate node n1": [fate("drop", { hook: "prerouting" }), passes] },
        "proven",
      ],
      "a reverse path decides": [
        { "nft-fate node n1": [{ perhaps: { ...stop, hook: "prerouting", verdict: "drop" }, translated: [] }, passes] },
        "possible",
      ],
      "the rule stands in FORWARD": [{ "ip6tables node n1": drops("HARDEN") }, "excluded"],
      "nftables could not be read": [{ "nft-fate": nobody }, "unknown"],
    },
  );

  const stale = { "ip6tables node n2": drops("KUBE-POD-I-ABC") };
  it("policy-enforcement-stale: the policies allow it, the engine's chain drops it", () => {
    const given = { dials: [...silent, four], seen: { ...way, ...stale } };
    const { status, because } = judge("policy-enforcement-stale", given);
    assert.equal(status, "proven", because);
    assert.equal(judge("forward-policy-drops-ipv6", given).status, "excluded", "one cause for one rule");
  });
  const denying = {
    metadata: { name: "deny", namespace: "default" },
    kind: "NetworkPolicy",
    apiVersion: "networking.k8s.io/v1",
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  };
  variants("policy-enforcement-stale", [...silent, four], stale, {
    "a policy denies it": [{ "network-policies": [denying] }, "excluded"],
    "the policies could not be read": [{ "network-policies": nobody }, "possible"],
    "the chain is nobody's engine": [{ "ip6tables node n2": drops("HARDEN") }, "excluded"],
  });
});
