import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

describe("pod-mtu-above-tunnel", () => {
  it("proven by a request that hangs, possible without", () => {
    const mtus = {
      "links pod default/a": { lo: 65536, eth0: 1500 },
      "links node n1": { eth0: 1500, "vxlan-v6.calico": 1430 },
      "routes node n1": seen.routes(seen.toN2.replace("eth0", "vxlan-v6.calico")),
      "counters pod default/a": seen.counters(),
      "counters node n1": seen.counters({ Ip6InTooBigErrors: 2 }),
      ip6tables: seen.harmlessRules,
      "nft-fate": [{ translated: [] }, { translated: [] }],
    };
    const attempt = (ok: boolean, ms: number) => ({ ok, ms, tool: "bash", text: "" });
    const verdict = (answer: object, more: object = {}) =>
      judge("pod-mtu-above-tunnel", {
        dials: [{ outcome: "stalls" }],
        seen: { ...mtus, "big-request pod default/b": answer, ...more },
      }).status;
    const request = (ok: boolean) => ({
      small: attempt(true, 5),
      padded: [{ bytes: 4000, attempt: attempt(ok, ok ? 6 : 2000) }],
    });
    assert.equal(verdict(request(true)), "proven");
    assert.equal(verdict(request(false)), "excluded", "the server is silent on large requests");
    assert.equal(verdict(nobody), "possible");
    const told = { "counters pod default/a": seen.counters({ Icmp6InPktTooBigs: 1 }) };
    assert.equal(verdict(request(true), told), "excluded", "the node tells the pod, and something else takes them");
    assert.equal(verdict(request(true), { "counters node n1": seen.counters() }), "possible", "told earlier");
    assert.equal(verdict(request(true), { ip6tables: nobody }), "possible", "a rule on sizes looks the same");
    assert.equal(judge("pod-mtu-above-tunnel", { dials: [{ outcome: "ok" }], seen: mtus }).status, "possible");
    const beside = { ...mtus, "routes node n1": seen.routes(seen.toN2), "big-request pod default/b": request(true) };
    assert.equal(
      judge("pod-mtu-above-tunnel", { dials: [{ outcome: "stalls" }], seen: beside }).status,
      "excluded",
      "it goes by another way",
    );
    const right = { ...mtus, "links pod default/a": { lo: 65536, eth0: 1430 } };
    assert.equal(judge("pod-mtu-above-tunnel", { dials: [{ outcome: "stalls" }], seen: right }).status, "excluded");
  });
});
