import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

describe("dad-failed", () => {
  it("the flag dadfailed, not a check that still runs", () => {
    const given = { dials: [{ outcome: "host-unreachable", ms: 1000 }], seen: { addresses: seen.duplicate } } as const;
    assert.equal(judge("dad-failed", given).status, "proven");
    const running = seen.duplicate.map((address) => ({ ...address, dadFailed: false }));
    assert.equal(judge("dad-failed", { ...given, seen: { addresses: running } }).status, "excluded");
  });

  const onNode = (flags: string) => parseIfInet6(`20010db8001800000000000000000102 02 40 00 ${flags} eth0\n`);
  const given = {
    dials: [
      { outcome: "timeout", ms: 3500 },
      { outcome: "ok", family: "IPv4", ms: 9 },
    ],
    seen: {
      addresses: seen.podAddresses,
      "addresses node n2": onNode("c8"),
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "nc" },
    },
  } as const;
  it("the node's own address, which the other node sends to", () => {
    const { status, because } = judge("dad-failed", given);
    assert.equal(status, "proven", because);
    assert.match(because, /2001:db8:18::102 on eth0 of node n2.*node n1 sends what is for its pods there/);
  });
  variants("dad-failed", given, {
    "a tunnel of IPv6 leads there": [
      { "routes node n1": seen.routes(seen.staticDefault, seen.toN2.replace("eth0", "flannel-v6.1")) },
      "proven",
    ],
    "the other node sends by another address": [
      {
        "routes node n1": seen.routes(
          seen.staticDefault,
          seen.toN2.replace("20010db8001800000000000000000102", "20010db8001800000000000000000001"),
        ),
      },
      "possible",
    ],
    "another port of the pod refuses: something else takes the packets": [
      { "dial pod default/a": { ok: false, text: "nc: Connection refused", ms: 3, tool: "nc" } },
      "excluded",
    ],
    "nobody dials another port": [{ "dial pod default/a": nobody }, "possible"],
    "the check still runs": [{ "addresses node n2": onNode("c0") }, "excluded"],
    "it is an address that nobody knows the node by": [
      { "addresses node n2": parseIfInet6("20010db8001800000000000000000777 02 40 00 c8 eth0\n") },
      "excluded",
    ],
    "nobody looks at the node": [{ "addresses node n2": nobody }, "unknown"],
  });
});
