import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNft } from "#core/linux/nft.ts";

const chain = { family: "ip6", table: "kube-proxy", chain: "masquerading" };
const mark = (right: number, op = "==") => ({
  match: { op, left: { "&": [{ meta: { key: "mark" } }, 0x4000] }, right },
});
const masquerade = [{ masquerade: { flags: ["fully-random"] } }];
const translators = (...rules: readonly (readonly object[])[]) =>
  parseNft(JSON.stringify({ nftables: rules.map((expr) => ({ rule: { ...chain, expr } })) }))?.masquerades;

describe("who translates source addresses in nftables", () => {
  it("a rule that asks nobody", () => assert.deepEqual(translators(masquerade), ["ip6 kube-proxy masquerading"]));

  it("not kube-proxy, which lets go of what has no mark, in a rule of its own or before it", () => {
    assert.deepEqual(translators([mark(0x4000), ...masquerade]), []);
    assert.deepEqual(translators([mark(0), { return: null }], masquerade), []);
  });

  it("a rule after one that only looks at a mark, or lets go of something else", () => {
    const here = ["ip6 kube-proxy masquerading"];
    assert.deepEqual(translators([mark(0), { counter: null }], masquerade), here);
    const other = { match: { op: "==", left: { payload: { protocol: "ip6", field: "daddr" } }, right: "fd00::1" } };
    assert.deepEqual(translators([other, { return: null }], masquerade), here);
    assert.deepEqual(translators(masquerade, [mark(0), { return: null }]), here, "it comes later");
  });
});
