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
    };
    const attempt = (ok: boolean, ms: number) => ({ ok, ms, tool: "bash", text: "" });
    const verdict = (answer: object) =>
      judge("pod-mtu-above-tunnel", {
        dials: [{ outcome: "stalls" }],
        seen: { ...mtus, "big-request pod default/b": answer },
      }).status;
    const request = (ok: boolean) => ({
      small: attempt(true, 5),
      padded: [{ bytes: 4000, attempt: attempt(ok, ok ? 6 : 2000) }],
    });
    assert.equal(verdict(request(true)), "proven");
    assert.equal(verdict(request(false)), "excluded", "the server is silent on large requests");
    assert.equal(verdict(nobody), "possible");
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
