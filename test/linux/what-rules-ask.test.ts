import assert from "node:assert/strict";
import { it } from "node:test";
import type { NftPacket } from "#core/linux/nft-match.ts";
import { parseNftRuleset } from "#core/linux/nft-ruleset.ts";
import { nftFate } from "#core/linux/nft-walk.ts";
import { fateOf, marksWith, untrackedBy } from "#core/linux/packet-filter.ts";
import type { Packet } from "#core/linux/rule-match.ts";
import { movingRules } from "#core/probes/ip6tables.ts";

const addresses = { source: "fd00:10:244:1::11", destination: "fd00:10:244:2::11" };
const first: Packet = { ...addresses, destinationPort: 8080, protocol: "tcp", state: "NEW" };
const answer: Packet = { ...addresses, sourcePort: 8080, protocol: "tcp", state: "ESTABLISHED" };
const nftPacket: NftPacket = { ...addresses, destinationPort: 8080, state: "new", translated: false };

function fate(options: string, packet: Packet = first): string {
  const text = `-A FORWARD ${options} -j DROP`;
  const rule = { table: "filter", chain: "FORWARD", text, target: "DROP", moved: 3, packets: 3 };
  return fateOf({ policies: [], rules: [rule] }, "FORWARD", packet, true).verdict;
}

it("is not sure of a match that asks without an option: fragments, hop-by-hop headers", () => {
  assert.equal(fate("-m frag"), "unsure");
  assert.equal(fate("-p tcp -m tcp --dport 8080 -m hbh"), "unsure");
  assert.equal(fate("-p tcp -m tcp --dport 22 -m hbh"), "passes");
  assert.equal(fate('-m comment --comment "-m frag" -p tcp -m tcp --dport 8080'), "dropped");
});

it("is not sure whether an answer belongs to a connection, and is of what begins one", () => {
  assert.equal(fate("-m conntrack --ctstate INVALID"), "passes");
  assert.equal(fate("-m conntrack --ctstate INVALID", answer), "unsure");
  assert.equal(fate("-m conntrack --ctstate NEW", answer), "passes");
});

it("finds the rule that keeps such a packet out of connection tracking, if any was hit", () => {
  const rule = (options: string, packets: number, target = "CT") => {
    const text = `-A PREROUTING ${options} -j ${target}${target === "CT" ? " --notrack" : ""}`;
    return { table: "raw", chain: "PREROUTING", text, target, moved: 0, packets };
  };
  const found = (one: ReturnType<typeof rule>) => untrackedBy({ policies: [], rules: [one] }, first) !== undefined;
  assert.equal(found(rule("-s fd00:10:244::/48", 4)), true);
  assert.equal(found(rule("-s fd00:10:244::/48", 4, "NOTRACK")), true);
  assert.equal(found(rule("-s fd00:10:244::/48", 0)), false);
  assert.equal(found(rule("-s fd00:99::/48", 4)), false);
});

it("passes no chain of a dormant table, and is not sure where nft prints something else for the only flag", () => {
  const end = (flags: object) => {
    const own = { family: "ip6", table: "fw" };
    const chain = { ...own, name: "f", type: "filter", hook: "forward", prio: 0, policy: "drop" };
    const nftables = [{ table: { family: "ip6", name: "fw", ...flags } }, { chain }];
    const ruleset = parseNftRuleset(JSON.stringify({ nftables }));
    assert.ok(ruleset);
    const { stopped, perhaps } = nftFate(ruleset, nftPacket);
    return stopped ? "stopped" : perhaps ? "perhaps" : "passes";
  };
  assert.equal(end({}), "stopped");
  assert.equal(end({ flags: "dormant" }), "passes");
  assert.equal(end({ flags: ["owner", "dormant"] }), "passes");
  assert.equal(end({ flags: "owner" }), "stopped");
  assert.equal(end({ flags: "fw" }), "perhaps", "as nft 1.0.6 prints it");
});

it("says where nftables keeps a packet out of connection tracking", () => {
  const untracked = (prefix: string) => {
    const own = { family: "ip6", table: "nt", chain: "p" };
    const chain = { ...own, name: "p", type: "filter", hook: "prerouting", prio: -300, policy: "accept" };
    const left = { payload: { protocol: "ip6", field: "saddr" } };
    const expr = [{ match: { op: "==", left, right: { prefix: { addr: prefix, len: 48 } } } }, { notrack: null }];
    const ruleset = parseNftRuleset(JSON.stringify({ nftables: [{ chain }, { rule: { ...own, expr } }] }));
    return ruleset && nftFate(ruleset, nftPacket).untracked;
  };
  assert.equal(untracked("fd00:10:244::"), true);
  assert.equal(untracked("fd00:99::"), undefined);
});

it("reads which flags of TCP a rule looks at, of the first packet and of its answer", () => {
  const fates = (flags: string) => [first, answer].map((packet) => fate(`-p tcp -m tcp ${flags}`, packet));
  assert.deepEqual(fates("--tcp-flags FIN,SYN,RST,ACK SYN"), ["dropped", "passes"]);
  assert.deepEqual(fates("! --tcp-flags FIN,SYN,RST,ACK SYN"), ["passes", "dropped"]);
  assert.deepEqual(fates("--tcp-flags SYN,RST SYN"), ["dropped", "dropped"]);
  assert.deepEqual(fates("--tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE"), ["passes", "passes"]);
});

it("is not sure of what stands behind a goto that may have left the chain", () => {
  const rule = (chain: string, text: string, target: string) => ({
    table: "filter",
    chain,
    text: `-A ${chain} ${text}`,
    target,
    moved: 3,
    packets: 3,
  });
  const goto = (match: string) =>
    fateOf(
      {
        policies: [],
        rules: [rule("FORWARD", `${match} -g OWN`, "OWN"), rule("FORWARD", "-j DROP", "DROP"), rule("OWN", "", "")],
      },
      "FORWARD",
      first,
      true,
    ).verdict;
  assert.equal(goto("-m mark --mark 0x1"), "unsure");
  assert.equal(goto("-p tcp"), "passes");
});

it("knows which marks a rule that was hit may set", () => {
  const marks = (target: string, options: string, moved = 3) =>
    marksWith(
      {
        policies: [],
        rules: [
          {
            table: "mangle",
            chain: "PREROUTING",
            text: `-A PREROUTING -j ${target}${options}`,
            target,
            moved,
            packets: moved,
          },
        ],
      },
      "0x200/0xf00",
    );
  assert.equal(marks("MARK", " --set-xmark 0x200/0xffffffff"), true);
  assert.equal(marks("MARK", " --set-xmark 0x4000/0x4000"), false);
  assert.equal(marks("MARK", " --set-xmark 0x200/0xffffffff", 0), false);
  assert.equal(marks("CONNMARK", " --restore-mark"), true);
  assert.equal(marks("CONNMARK", " --save-mark"), false);
});

it("follows all that may come of a return, a goto and a queue of nftables", () => {
  const mark = { match: { op: "==", left: { meta: { key: "mark" } }, right: 1 } };
  const own = { family: "ip6", table: "fw" };
  const end = (inner: readonly object[], jump: "jump" | "goto" = "jump") => {
    const rule = (chain: string, ...expr: object[]) => ({ rule: { ...own, chain, expr } });
    const nftables = [
      { chain: { ...own, name: "f", type: "filter", hook: "forward", prio: 0, policy: "accept" } },
      { chain: { ...own, name: "sub" } },
      ...inner.map((expr) => rule("sub", ...[expr].flat())),
      rule("f", { [jump]: { target: "sub" } }),
      rule("f", { drop: null }),
    ];
    const ruleset = parseNftRuleset(JSON.stringify({ nftables }));
    assert.ok(ruleset);
    const { stopped, perhaps } = nftFate(ruleset, nftPacket);
    return stopped ? "stopped" : perhaps ? "perhaps" : "passes";
  };
  assert.equal(end([[mark, { return: null }], { accept: null }]), "perhaps", "who carries no mark is accepted");
  assert.equal(end([[mark, { return: null }]]), "stopped");
  assert.equal(end([[mark, { drop: null }], { accept: null }]), "perhaps");
  assert.equal(end([], "goto"), "passes");
  assert.equal(end([{ queue: {} }]), "perhaps", "a program decides");
});

it("leaves what ip6tables made of nftables to ip6tables-save, unless that prints older tables alone", () => {
  const own = { family: "ip6", table: "filter" };
  const chain = { ...own, name: "FORWARD", type: "filter", hook: "forward", prio: 0, policy: "drop" };
  const text = JSON.stringify({ nftables: [{ chain }] });
  assert.equal(parseNftRuleset(text)?.chains.length, 0);
  assert.equal(parseNftRuleset(text, true)?.chains.length, 1);
  const texts = (text: string) => movingRules({ before: text, after: text });
  const table = "*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n";
  assert.equal(texts(`# Generated by ip6tables-save v1.8.9 on Mon\n${table}`).onlyLegacy, true);
  assert.equal(texts(`# Generated by ip6tables-save v1.8.9 (nf_tables) on Mon\n${table}`).onlyLegacy, undefined);
  const warning = "# Warning: ip6tables-legacy tables present, use ip6tables-legacy-save to see them\n";
  assert.equal(texts(table + warning).besideLegacy, true);
  assert.equal(texts(table).besideLegacy, undefined);
});
