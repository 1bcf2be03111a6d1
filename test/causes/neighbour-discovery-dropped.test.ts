import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { passes, stop, way } from "./filtered.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const id = "neighbour-discovery-dropped";
const unreachable = [
  { outcome: "host-unreachable", ms: 3060 },
  { outcome: "ok", family: "IPv4", ms: 9 },
] as const;
const drops = seen.rules("*filter\n:INPUT ACCEPT [0:0]\n[3:216] -A INPUT -p ipv6-icmp -j DROP\nCOMMIT\n");
const input = (...rules: string[]) => seen.rules(`*filter\n:INPUT DROP [3:216]\n${rules.join("\n")}\nCOMMIT\n`);

describe(id, () => {
  it("a pod's solicitations without answers, and the rule that took them", () => {
    const dials = unreachable;
    const asked = { ...way, addresses: seen.podAddresses, "routes pod default/a": seen.routes(seen.staticDefault) };
    const here = (count: number, answers = 0) => ({
      "counters pod default/a": seen.counters({
        Icmp6OutNeighborSolicits: count,
        ...(answers > 0 ? { Icmp6InNeighborAdvertisements: answers } : {}),
      }),
    });
    const own = { ...asked, ...here(3), "ip6tables node n1": drops };
    assert.equal(judge(id, { dials, seen: own }).status, "proven");
    assert.equal(
      judge(id, { dials, seen: { ...own, "ip6tables node n1": nobody, "nft-fate": nobody } }).status,
      "possible",
    );
    // It was told so by somebody else: what it asked for may be another pod.
    const told = {
      "counters pod default/a": seen.counters({ Icmp6OutNeighborSolicits: 3, Icmp6InDestUnreachs: 1 }),
      "dial pod default/a": { ok: false, ms: 3, text: "Connection refused" },
    };
    assert.equal(judge(id, { dials, seen: { ...own, ...told } }).status, "possible");
    // One is enough where the kernel gave up, not where the dial merely took too long.
    assert.equal(judge(id, { dials, seen: { ...own, ...here(1) } }).status, "proven");
    const slow = [{ outcome: "timeout", ms: 1500 }] as const;
    const once = { ...own, ...here(1), counters: seen.counters() };
    assert.equal(judge(id, { dials: slow, seen: once }).status, "excluded");
    assert.equal(judge(id, { dials, seen: { ...own, ...here(3, 3), counters: seen.counters() } }).status, "unknown");
  });

  const far = {
    ...way,
    addresses: seen.podAddresses,
    counters: seen.counters(),
    "counters node n1": seen.counters({ Icmp6OutNeighborSolicits: 3 }),
    "ip6tables node n2": drops,
  };

  it("a node's solicitations for the other node, which that one does not hear", () => {
    const { status, because, fix } = judge(id, { dials: unreachable, seen: far });
    assert.equal(status, "proven", because);
    assert.match(because, /^node n1 sent 3 neighbour solicitations and got no answer; on node n2 the rule "-A INPUT/);
    assert.match(fix ?? "", /^On node n2/);
  });

  it("a node's solicitations for its pod, whose answer it does not hear", () => {
    const counted = {
      "counters node n1": seen.counters(),
      "counters node n2": seen.counters({ Icmp6OutNeighborSolicits: 3 }),
    };
    const { status, because } = judge(id, { dials: unreachable, seen: { ...far, ...counted } });
    assert.equal(status, "proven", because);
    assert.match(because, /^node n2 sent 3 neighbour solicitations and did not hear fd00:10:244:2::11 answer/);
  });

  variants(
    id,
    { dials: unreachable, seen: far },
    {
      "it is accepted before everything else is dropped": [
        { "ip6tables node n2": input("[3:216] -A INPUT -p ipv6-icmp -j ACCEPT") },
        "excluded",
      ],
      "the policy drops it, and only what belongs to a connection is accepted": [
        { "ip6tables node n2": input("[3:216] -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT") },
        "proven",
      ],
      "nftables drops it": [
        {
          "ip6tables node n2": seen.harmlessRules,
          "nft-fate node n2": [{ stopped: { ...stop, verdict: "drop", hook: "input" }, translated: [] }],
        },
        "proven",
      ],
      "nftables drops it at a rate that nobody knows": [
        {
          "ip6tables node n2": seen.harmlessRules,
          "nft-fate node n2": [{ perhaps: { ...stop, verdict: "drop", hook: "input" }, translated: [] }],
        },
        "possible",
      ],
      "nothing hit the rule meanwhile": [
        {
          "ip6tables node n2": seen.rules(
            "*filter\n:INPUT ACCEPT [9:9]\n[0:0] -A INPUT -p ipv6-icmp -j DROP\nCOMMIT\n",
          ),
          "nft-fate": [passes],
        },
        "excluded",
      ],
      "the route goes by somebody else": [
        { "routes node n1": seen.routes(seen.staticDefault), "counters node n2": seen.counters() },
        "unknown",
      ],
      "nobody was counted who asked": [{ "counters node n1": seen.counters() }, "unknown"],
    },
  );

  it("is possible where silence is all there is", () =>
    assert.equal(judge(id, { dials: [{ outcome: "timeout", ms: 3500 }], seen: far }).status, "possible"));
});
