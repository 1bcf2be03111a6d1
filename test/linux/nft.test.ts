import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { NftPacket } from "#core/linux/nft-match.ts";
import { type NftRuleset, parseNftRuleset } from "#core/linux/nft-ruleset.ts";
import { nftFate } from "#core/linux/nft-walk.ts";

type Expr = readonly object[];
const payload = (protocol: string, field: string) => ({ payload: { protocol, field } });
const meta = (key: string) => ({ meta: { key } });
const ct = (key: string) => ({ ct: { key } });
const match = (left: object, right: unknown, op = "==") => ({ match: { op, left, right } });
const drop = { drop: null };
const accept = { accept: null };
const jump = (target: string) => ({ jump: { target } });

/** A ruleset of one table, as nft prints it in JSON: chains with a hook as "name@hook", and the rules of each. */
function ruleset(
  chains: Readonly<Record<string, readonly Expr[]>>,
  options: { policy?: string; sets?: object[]; family?: string; table?: string; priority?: number } = {},
): NftRuleset {
  const { policy = "accept", sets = [], family = "inet", table = "filter", priority = 0 } = options;
  const nftables = Object.entries(chains).flatMap(([key, rules]) => {
    const [name, hook] = key.split("@");
    return [
      { chain: { family, table, name, ...(hook ? { type: "filter", hook, prio: priority, policy } : {}) } },
      ...rules.map((expr) => ({ rule: { family, table, chain: name, expr } })),
    ];
  });
  const parsed = parseNftRuleset(
    JSON.stringify({ nftables: [...sets.map((set) => ({ set: { family, table, ...set } })), ...nftables] }),
  );
  assert.ok(parsed);
  return parsed;
}

/** The first packet of pod fd00:10:244:1::11 to port 8080 of fd00:10:244:2::11. */
const packet: NftPacket = {
  source: "fd00:10:244:1::11",
  destination: "fd00:10:244:2::11",
  destinationPort: 8080,
  iif: "veth1",
  oif: "flannel-v6.1",
  state: "new",
  translated: false,
};

const verdict = (rules: readonly Expr[], one: NftPacket = packet, policy = "accept") => {
  const { stopped, perhaps } = nftFate(ruleset({ "fw@forward": rules }, { policy }), one);
  return stopped?.verdict ?? (perhaps ? `perhaps ${perhaps.verdict}` : "passes");
};

describe("nftables rules for the very packet that was dialled", () => {
  const cases: Readonly<Record<string, readonly [string, readonly Expr[]]>> = {
    "a prefix that holds the source": [
      "drop",
      [[match(payload("ip6", "saddr"), { prefix: { addr: "fd00:10:244::", len: 48 } }), drop]],
    ],
    "a prefix that does not": [
      "passes",
      [[match(payload("ip6", "saddr"), { prefix: { addr: "fd00:9::", len: 48 } }), drop]],
    ],
    "all but a prefix": [
      "passes",
      [[match(payload("ip6", "saddr"), { prefix: { addr: "fd00:10:244::", len: 48 } }, "!="), drop]],
    ],
    "another spelling of the address": ["drop", [[match(payload("ip6", "daddr"), "fd00:10:244:2:0:0:0:11"), drop]]],
    "a range": ["drop", [[match(payload("ip6", "daddr"), { range: ["fd00:10:244:2::1", "fd00:10:244:2::ff"] }), drop]]],
    "a port among others": ["drop", [[match(payload("tcp", "dport"), { set: [80, { range: [8000, 9000] }] }), drop]]],
    "another port": ["passes", [[match(payload("tcp", "dport"), { set: [80, 443] }), drop]]],
    "the port of any protocol": [
      "drop",
      [[match(meta("l4proto"), { set: ["tcp", "udp"] }), match(payload("th", "dport"), 8080), drop]],
    ],
    "a protocol by its number": ["drop", [[match(meta("l4proto"), 6), drop]]],
    "another protocol by its number": ["passes", [[match(meta("l4proto"), { set: [17, 58] }), drop]]],
    "another protocol": ["passes", [[match(payload("udp", "dport"), 8080), drop]]],
    "neighbour discovery": ["passes", [[match(payload("icmpv6", "type"), { set: ["nd-neighbor-solicit"] }), drop]]],
    "IPv4 alone": [
      "passes",
      [
        [match(meta("nfproto"), "ipv4"), drop],
        [match(payload("ip", "saddr"), "10.0.0.1"), drop],
      ],
    ],
    "IPv6 alone": ["drop", [[match(meta("nfproto"), "ipv6"), drop]]],
    "interfaces by a pattern": ["drop", [[match(meta("oifname"), "flannel*"), drop]]],
    "another interface": ["passes", [[match(meta("iifname"), "eth0"), drop]]],
    "an accept before it": [
      "passes",
      [[match(payload("ip6", "saddr"), { prefix: { addr: "fd00:10::", len: 32 } }), accept], [drop]],
    ],
    "established connections are accepted, ours is new": [
      "drop",
      [[match(ct("state"), ["established", "related"], "in"), accept], [drop]],
    ],
    "what was translated is accepted, ours was not": ["drop", [[match(ct("status"), "dnat", "in"), accept], [drop]]],
    "the first packet by its flags": [
      "drop",
      [[match({ "&": [payload("tcp", "flags"), ["fin", "syn", "rst", "ack"]] }, "syn"), drop]],
    ],
    "a reject": ["reject", [[{ counter: { packets: 3 } }, { reject: { type: "icmpx", expr: "admin-prohibited" } }]]],
    "a mark that nobody knows": ["perhaps drop", [[match({ "&": [meta("mark"), 16384] }, 16384), drop]]],
    "a rate that nobody knows, before the drop": [
      "perhaps drop",
      [[{ limit: { rate: 5, per: "second" } }, accept], [drop]],
    ],
    "a reverse path that nobody knows": [
      "perhaps drop",
      [[match({ fib: { result: "oif", flags: ["saddr"] } }, false), drop]],
    ],
    "a match of ip6tables' kind": ["perhaps drop", [[{ xt: { type: "match", name: "owner" } }, drop]]],
  };
  for (const [what, [expected, rules]] of Object.entries(cases))
    it(`${expected}: ${what}`, () => assert.equal(verdict(rules), expected));

  it("falls to the policy, after a return of the chain as well", () => {
    assert.equal(verdict([], packet, "drop"), "drop");
    assert.equal(verdict([[{ return: null }], [accept]], packet, "drop"), "drop");
    assert.equal(verdict([[accept]], packet, "drop"), "passes");
  });

  it("follows jumps, and comes back from a chain that does not decide", () => {
    const rules = { "fw@forward": [[jump("inner")], [drop]], inner: [[match(payload("tcp", "dport"), 22), accept]] };
    assert.equal(nftFate(ruleset(rules), packet).stopped?.chain, "fw");
    const deciding = { "fw@forward": [[jump("inner")], [accept]], inner: [[drop]] };
    const { stopped } = nftFate(ruleset(deciding), packet);
    assert.deepEqual([stopped?.table, stopped?.chain, stopped?.hook], ["inet filter", "inner", "forward"]);
    const ring = { "fw@forward": [[jump("fw")]] };
    assert.equal(nftFate(ruleset(ring), packet).stopped, undefined, "a ring ends");
  });

  it("looks into named sets, with intervals, and into maps of verdicts by a concatenation", () => {
    const sets = [
      {
        name: "bad",
        elem: [{ prefix: { addr: "fd00:10:244::", len: 48 } }, { elem: { val: "2001:db8::1", timeout: 5 } }],
      },
    ];
    const named = ruleset({ "fw@forward": [[match(payload("ip6", "saddr"), "@bad"), drop]] }, { sets });
    assert.equal(nftFate(named, packet).stopped?.rule, "ip6 saddr @bad drop");
    const key = { concat: [payload("ip6", "daddr"), meta("l4proto"), payload("th", "dport")] };
    const map = (port: number) => ({
      name: "none",
      elem: [[{ concat: ["fd00:10:244:2::11", "tcp", port] }, { goto: { target: "refuse" } }]],
    });
    const chains = {
      "fw@forward": [[{ vmap: { key, data: "@none" } }]],
      refuse: [[{ reject: { type: "icmpv6", expr: "port-unreachable" } }]],
    };
    assert.equal(nftFate(ruleset(chains, { sets: [map(8080)] }), packet).stopped?.verdict, "reject");
    assert.equal(nftFate(ruleset(chains, { sets: [map(80)] }), packet).stopped, undefined);
  });

  it("is not sure of a map whose key is not known: the port an answer goes to", () => {
    const data = {
      set: [
        [22, { drop: null }],
        [23, { drop: null }],
      ],
    };
    const chains = { "fw@forward": [[{ vmap: { key: payload("tcp", "dport"), data } }]] };
    const { destinationPort: _, ...answer } = { ...packet, sourcePort: 8080, state: "established" as const };
    assert.deepEqual(nftFate(ruleset(chains), packet), { translated: [] }, "8080 is neither");
    const { stopped, perhaps } = nftFate(ruleset(chains), answer);
    assert.deepEqual([stopped, perhaps?.verdict], [undefined, "drop"]);
    const either = { set: [[23, { accept: null }]] };
    const open = { "fw@forward": [[{ vmap: { key: payload("tcp", "dport"), data: either } }], [drop]] };
    assert.equal(nftFate(ruleset(open), answer).perhaps?.rule, "drop", "an accept that may not be met saves nobody");
  });

  it("says where kube-proxy's maps translate to, every endpoint that is drawn by lot", () => {
    const vip = { ...packet, destination: "fd00:10:96::80", destinationPort: 80 };
    const key = { concat: [payload("ip6", "daddr"), meta("l4proto"), payload("th", "dport")] };
    const sets = [
      { name: "service-ips", elem: [[{ concat: ["fd00:10:96::80", "tcp", 80] }, { goto: { target: "service-X" } }]] },
    ];
    const to = (addr: string) => [[{ dnat: { addr, port: 8080 } }]];
    const chains = {
      "nat@prerouting": [[jump("services")]],
      services: [[{ vmap: { key, data: "@service-ips" } }]],
      "service-X": [
        [
          {
            vmap: {
              key: { numgen: { mode: "random", mod: 2 } },
              data: {
                set: [
                  [0, { goto: { target: "ep-1" } }],
                  [1, { goto: { target: "ep-2" } }],
                ],
              },
            },
          },
        ],
      ],
      "ep-1": to("fd00:10:244:1::11"),
      "ep-2": to("fd00:10:244:2::11"),
    };
    const all = ruleset(chains, { sets, family: "ip6", table: "kube-proxy", priority: -100 });
    assert.deepEqual([...nftFate(all, vip).translated].sort(), [
      "[fd00:10:244:1::11]:8080",
      "[fd00:10:244:2::11]:8080",
    ]);
    assert.deepEqual(nftFate(all, packet).translated, []);
  });

  it("passes the chains of a hook by their priority, and an accept ends only its own", () => {
    const one = {
      chain: { family: "inet", table: "a", name: "late", type: "filter", hook: "forward", prio: 10, policy: "drop" },
    };
    const two = {
      chain: { family: "ip6", table: "b", name: "early", type: "filter", hook: "forward", prio: -10, policy: "accept" },
    };
    const parsed = parseNftRuleset(
      JSON.stringify({ nftables: [one, two, { rule: { family: "ip6", table: "b", chain: "early", expr: [accept] } }] }),
    );
    assert.ok(parsed);
    assert.deepEqual(nftFate(parsed, packet).stopped, {
      verdict: "drop",
      hook: "forward",
      table: "inet a",
      chain: "late",
      rule: "policy drop",
    });
  });

  it("leaves to ip6tables what ip6tables made, and IPv4 to itself", () => {
    const made = { "FORWARD@forward": [[drop]] };
    assert.equal(nftFate(ruleset(made, { family: "ip6" }), packet).stopped, undefined);
    assert.equal(nftFate(ruleset({ "fw@forward": [[drop]] }, { family: "ip" }), packet).stopped, undefined);
    assert.equal(nftFate(ruleset({ "fw@forward": [[drop]] }, { family: "ip6" }), packet).stopped?.verdict, "drop");
  });

  it("never throws, and takes nothing that is no ruleset for one without rules", () => {
    for (const text of ["", "{", "[]", "null", '{"nftables":1}', "table inet x {}"])
      assert.equal(parseNftRuleset(text), undefined);
    const odd =
      '{"nftables":[1,null,{"rule":{"expr":5}},{"chain":{"family":"inet","table":"x","name":"y","hook":"forward"}},{"rule":{"family":"inet","table":"x","chain":"y","expr":[{},{"match":null},{"vmap":null},{"jump":null},{"dnat":null},{"reject":null}]}},{"set":{"family":"inet","table":"x","name":"z","elem":"?"}}]}';
    const parsed = parseNftRuleset(odd);
    assert.ok(parsed && nftFate(parsed, packet));
  });
});
