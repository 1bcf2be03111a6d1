import assert from "node:assert/strict";
import { it } from "node:test";
import type { NftPacket } from "#core/linux/nft-match.ts";
import { parseNftRuleset } from "#core/linux/nft-ruleset.ts";
import { nftFate } from "#core/linux/nft-walk.ts";
import { fateOf } from "#core/linux/packet-filter.ts";
import type { Packet } from "#core/linux/rule-match.ts";

const packet: NftPacket = {
  source: "fd00:10:244:1::11",
  destination: "fd00:10:244:2::11",
  destinationPort: 8080,
  state: "new",
  translated: false,
  iif: "eth0",
};
const saddr = { payload: { protocol: "ip6", field: "saddr" } };
const match = (left: object, right: unknown, op = "==") => ({ match: { op, left, right } });
const missing = match({ fib: { result: "oif", flags: ["saddr", "iif"] } }, false);

function end(chain: object, expr: readonly object[], at: Partial<NftPacket>, more: readonly object[] = []) {
  const own = { family: "inet", table: "t", name: "c" };
  const objects = [
    { chain: { ...own, type: "filter", prio: 0, policy: "accept", ...chain } },
    { rule: { ...own, ...chain, chain: "c", expr: [...expr, { drop: null }] } },
    ...more,
  ];
  const ruleset = parseNftRuleset(JSON.stringify({ nftables: objects }));
  assert.ok(ruleset);
  const { stopped, perhaps } = nftFate(ruleset, { ...packet, ...at });
  return stopped ? `stopped: ${stopped.rule}` : perhaps ? "perhaps" : "passes";
}

it("drops by nftables what comes by another way than its answer would go", () => {
  const early = { hook: "prerouting" };
  assert.equal(end(early, [missing], { back: "flannel-v6.1" }), "stopped: fib saddr . iif oif missing drop");
  assert.equal(end(early, [missing], { back: null }), "stopped: fib saddr . iif oif missing drop");
  assert.equal(end(early, [missing], { back: "eth0" }), "passes");
  assert.equal(end(early, [missing], {}), "perhaps", "the routes were not read");
});

it("reads a concatenation part for part", () => {
  const forward = { hook: "forward" };
  const pair = { concat: [saddr, { payload: { protocol: "tcp", field: "dport" } }] };
  const set = (...elem: readonly unknown[]) => [{ set: { family: "inet", table: "t", name: "bad", elem } }];
  const [hit, other] = [
    { concat: [packet.source, 8080] },
    { elem: { val: { concat: [packet.source, 22] }, timeout: 3600 } },
  ];
  assert.match(end(forward, [match(pair, "@bad")], {}, set(other, hit)), /^stopped/);
  assert.equal(end(forward, [match(pair, "@bad")], {}, set(other)), "passes");
  assert.match(end(forward, [match(pair, "@bad", "!=")], {}, set(other)), /^stopped/);
  assert.match(end(forward, [match(pair, { set: [hit] })], {}), /^stopped/);
});

it("passes the hooks of a device first, and is unsure where nft does not say of which", () => {
  const source = [match(saddr, packet.source)];
  const hook = { family: "netdev", hook: "ingress" };
  assert.match(end({ ...hook, dev: "eth0" }, source, {}), /^stopped/);
  assert.equal(end({ ...hook, dev: "eth1" }, source, {}), "passes");
  assert.equal(end(hook, source, {}), "perhaps");
  assert.equal(end({ family: "bridge", hook: "input" }, source, {}), "perhaps", "the port of a bridge is not known");
});

it("reads -m rpfilter of ip6tables by the same routes", () => {
  const end = (options: string, back?: string) => {
    const text = `-A PREROUTING -m rpfilter ${options} -j DROP`;
    const rule = { table: "raw", chain: "PREROUTING", text, target: "DROP", moved: 3, packets: 3 };
    const came: Packet = { ...packet, protocol: "tcp", state: "NEW", in: "eth0", ...(back ? { back } : {}) };
    return fateOf({ policies: [], rules: [rule] }, "PREROUTING", came, true).verdict;
  };
  assert.equal(end("--invert", "flannel-v6.1"), "dropped");
  assert.equal(end("--invert", "eth0"), "passes");
  assert.equal(end("--invert"), "unsure");
  assert.equal(end("--loose --invert", "flannel-v6.1"), "passes");
});

it("is unsure of a drop behind an accept that cannot be read, and of nothing where none follows", () => {
  const rule = (text: string, target: string) => ({
    table: "filter",
    chain: "FORWARD",
    text,
    target,
    moved: 3,
    packets: 3,
  });
  const accept = rule("-A FORWARD -m set --match-set pods src -j ACCEPT", "ACCEPT");
  const policies = (policy: string) => [{ table: "filter", chain: "FORWARD", policy, packets: 3, moved: 3 }];
  const fate = (policy: string) =>
    fateOf(
      { policies: policies(policy), rules: [accept] },
      "FORWARD",
      { ...packet, protocol: "tcp", state: "NEW" },
      true,
    );
  assert.equal(fate("ACCEPT").verdict, "passes");
  assert.equal(fate("DROP").verdict, "unsure");
});
