import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { fate, passes, stop, way } from "./filtered.ts";
import { variants } from "./variants.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;

describe("nftables-drops", () => {
  const here = { "nft-fate node n1": [fate("drop", { packets: 4 }), passes] };

  it("names node, table, chain and rule", () => {
    const { status, because } = judge("nftables-drops", { dials: [...silent, four], seen: { ...way, ...here } });
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /on node n1 nftables drops what is dialled: "ip6 saddr fd00::\/8 drop" in inet hostfw fw, which has counted 4 packets/,
    );
  });

  it("on the far node, and on the way back", () => {
    const far = { "nft-fate node n2": [passes, fate("drop")] };
    const { status, because } = judge("nftables-drops", { dials: [...silent, four], seen: { ...way, ...far } });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n2 nftables drops the answer/);
  });

  variants(
    "nftables-drops",
    { dials: [...silent, four], seen: { ...way, ...here } },
    {
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
    },
  );
});
