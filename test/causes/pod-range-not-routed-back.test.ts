import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("pod-range-not-routed-back");
const [way] = (given.seen?.["routes node n1"] ?? []) as object[];

describe("pod-range-not-routed-back", () => {
  it("is possible, never proven, for a global address where the node itself gets out", () => {
    const { status, because } = judge("pod-range-not-routed-back", given);
    assert.equal(status, "possible", because);
    assert.match(because, /node n1 reaches .*, and 2001:db8:aaaa:1::11 of the pod, a global address, gets no answer/);
  });

  it("is not for a unique local address", () => {
    const { pods: _, ...local } = given;
    assert.equal(judge("pod-range-not-routed-back", local).status, "excluded");
  });

  const onLink = { destination: "2001:db8:aaaa::/48", device: "eth0", metric: 256, reject: false };
  variants("pod-range-not-routed-back", given, {
    "the pods' prefix is on link": [{ "routes node n1": [way, onLink] }, "excluded"],
    "the node does not get out": [{ "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } }, "unknown"],
    "the node masquerades": [{ nftables: { tables: [], masquerades: ["masquerade"], drops: [] } }, "excluded"],
    "nothing on the node can dial": [{ "dial node n1": nobody }, "unknown"],
  });
});
