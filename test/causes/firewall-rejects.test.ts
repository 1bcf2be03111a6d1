import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { drops, fate, passes, way } from "./filtered.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;
const rejected = [{ outcome: "denied", ms: 1070 }, four] as const;

describe("firewall-rejects", () => {
  const here = { "nft-fate node n2": [fate("reject"), passes] };

  it("names the node that rejects", () => {
    const { status, because } = judge("firewall-rejects", { dials: rejected, seen: { ...way, ...here } });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n2 nftables stops what is dialled/);
  });

  it("as ip6tables does, also where it looks like a late refusal", () => {
    const { status, because } = judge("firewall-rejects", {
      dials: [{ outcome: "refused", ms: 1040 }, four],
      seen: { ...way, ip6tables: drops("HARDEN", "filter", "REJECT --reject-with icmp6-port-unreachable") },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n1 ip6tables stops what is dialled: the rule "-A HARDEN /);
  });

  it("also by a reset, which comes at once from a port that is open", () => {
    const open = (address: string) => ({ "listeners pod default/b": [{ family: "IPv6", address, port: 8080 }] });
    const reset = (listening: object) =>
      judge("firewall-rejects", {
        dials: [{ outcome: "refused", ms: 2 }, four],
        seen: { ...way, ip6tables: drops("HARDEN", "filter", "REJECT --reject-with tcp-reset"), ...listening },
      });
    assert.equal(reset(open("::")).status, "proven", reset(open("::")).because);
    assert.equal(reset(open("::1")).status, "excluded");
  });

  it("explains no dial that does not pass the node of the rule", () => {
    const outside = { outcome: "network-unreachable", scope: "outside", host: "2001:db8:ffff::1", ms: 1030 } as const;
    const everything = seen.rules(
      "*filter\n:FORWARD ACCEPT [0:0]\n[3:240] -A FORWARD -j REJECT --reject-with icmp6-adm-prohibited\nCOMMIT\n",
    );
    for (const rules of [{ "ip6tables node n2": everything, ip6tables: seen.harmlessRules }, here]) {
      const { status, because, explains } = judge("firewall-rejects", {
        dials: [outside, ...rejected],
        seen: { ...way, ...rules },
      });
      assert.equal(status, "proven", because);
      assert.match(because, /on node n2/);
      assert.equal(explains?.length, 1, `${explains}`);
    }
  });

  variants(
    "firewall-rejects",
    { dials: rejected, seen: { ...way, ...here } },
    {
      "no rule shows it": [{ "nft-fate node n2": [passes, passes] }, "possible"],
      "no rules could be read": [{ "nft-fate node n2": nobody, "nft-fate": nobody, ip6tables: nobody }, "possible"],
    },
  );

  it("EACCES without a packet, a refusal at once, and silence are something else", () => {
    for (const dials of [[{ outcome: "denied", ms: 0 }], [{ outcome: "refused", ms: 3 }], silent] as const)
      assert.equal(judge("firewall-rejects", { dials, seen: { ...way, ...here } }).status, "excluded");
  });
});
