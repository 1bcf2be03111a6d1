import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { a, b, judge, nobody, podObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

describe("pod-range-needs-ndp-proxy", () => {
  const gua = podObject("a", "n1", ["10.244.1.11", "2001:db8:18::1:11"]);
  const ours = (reply: string) =>
    parseNfConntrack(
      `ipv6 10 tcp 6 118 SYN_SENT src=2001:0db8:0018:0000:0000:0000:0001:0011 dst=2001:0db8:ffff:0000:0000:0000:0000:0001 sport=1 dport=8080 [UNREPLIED] src=2001:0db8:ffff:0000:0000:0000:0000:0001 dst=${reply} sport=8080 dport=1 mark=0 use=1\n`,
    );
  const wire = seen.toN2
    .replace(/^.{32} 40/, "20010db8001800000000000000000000 40")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001");
  const given = {
    pods: [gua, b],
    dials: [{ outcome: "timeout", scope: "outside", ms: 3500 }],
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, wire),
      "dial node n1": { ok: true, text: "", ms: 5, tool: "nc" },
      "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "nc" },
      "transit node n1": { devices: {}, counters: {}, tracked: ours("2001:0db8:0018:0000:0000:0000:0001:0011") },
    },
  } as const;

  it("it left untranslated, nobody answered, and the node gets there itself", () => {
    const { status, because, missing } = judge("pod-range-needs-ndp-proxy", given);
    assert.equal(status, "possible", because);
    assert.match(missing ?? "", /it may have a route to the pods, and a filter/);
    assert.match(because, /2001:db8:18::1:11 of the pod is inside 2001:db8:18::\/64, which is on link at eth0/);
  });

  variants("pod-range-needs-ndp-proxy", given, {
    "the node gets no answer either": [{ "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } }, "unknown"],
    "the node translates": [
      { "transit node n1": { devices: {}, counters: {}, tracked: ours("2001:0db8:0018:0000:0000:0000:0000:0101") } },
      "excluded",
    ],
    "the prefix is not on link": [{ "routes node n1": seen.routes(seen.staticDefault) }, "excluded"],
    "what left was not seen": [{ "transit node n1": nobody }, "possible"],
  });

  it("unique local addresses are another cause", () =>
    assert.equal(judge("pod-range-needs-ndp-proxy", { ...given, pods: [a, b] }).status, "excluded"));
});
