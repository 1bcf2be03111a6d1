import assert from "node:assert/strict";
import { it } from "node:test";
import type { NftPacket } from "#core/linux/nft-match.ts";
import { parseNftRuleset } from "#core/linux/nft-ruleset.ts";
import { nftFate } from "#core/linux/nft-walk.ts";
import { fateOf, type Packet, untrackedBy } from "#core/linux/packet-filter.ts";

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
