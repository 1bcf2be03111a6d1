import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { fate, passes, way } from "./filtered.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const dials = [
  { outcome: "timeout", ms: 3500, scope: "node" },
  { outcome: "ok", family: "IPv4", ms: 9, scope: "node" },
] as const;
const input = (...rules: string[]) =>
  seen.rules(`*filter\n:INPUT ACCEPT [10:800]\n:FORWARD ACCEPT [20:1600]\n${rules.join("\n")}\nCOMMIT\n`);
const drops = input("[3:240] -A INPUT -p tcp -m tcp --dport 8080 -j DROP");

describe("host-firewall-drops", () => {
  it("a rule for the node's own port, where pods of the same node are reached", () => {
    const given = { dials, seen: { ...way, "ip6tables node n2": drops } };
    const { status, because, fix } = judge("host-firewall-drops", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /on node n2 ip6tables stops what is dialled: the rule "-A INPUT .*--dport 8080 -j DROP" took 3/,
    );
    assert.match(fix ?? "", /On node n2: accept TCP port 8080 over IPv6 in INPUT/);
    for (const other of ["forward-policy-drops-ipv6", "nftables-drops"] as const)
      assert.notEqual(judge(other, given).status, "proven", "one cause for one rule");
  });

  variants(
    "host-firewall-drops",
    { dials, seen: { ...way, "ip6tables node n2": drops } },
    {
      "nftables drops it in its input hook": [
        { "ip6tables node n2": seen.harmlessRules, "nft-fate node n2": [fate("drop", { hook: "input" }), passes] },
        "proven",
      ],
      "it is accepted before": [
        {
          "ip6tables node n2": input(
            "[3:240] -A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT",
            "[9:720] -A INPUT -j DROP",
          ),
        },
        "excluded",
      ],
      "the rule is for another port": [
        { "ip6tables node n2": input("[3:240] -A INPUT -p tcp -m tcp --dport 22 -j DROP") },
        "excluded",
      ],
      "nothing hit the rule while it was dialled": [
        { "ip6tables node n2": input("[0:0] -A INPUT -p tcp -m tcp --dport 8080 -j DROP") },
        "excluded",
      ],
      "nobody may look": [{ "ip6tables node n2": nobody, "nft-fate node n2": nobody }, "unknown"],
    },
  );
});
