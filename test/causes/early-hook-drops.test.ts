import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { drops, fate, passes, stop, way } from "./filtered.ts";
import { variants } from "./variants.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;

describe("early-hook-drops", () => {
  it("the raw table, through a chain of any name", () => {
    const given = { dials: [...silent, four], seen: { ...way, "ip6tables node n1": drops("DOCKER-RAW", "raw") } };
    const { status, because } = judge("early-hook-drops", given);
    assert.equal(status, "proven", because);
    assert.match(because, /the rule "-A DOCKER-RAW .* took 3 packets/);
    assert.equal(judge("forward-policy-drops-ipv6", given).status, "excluded", "one cause for one rule");
  });

  variants(
    "early-hook-drops",
    { dials: [...silent, four], seen: way },
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
});
