import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const podRoute = seen.toN2
  .replace(/^.{32} 40/, "fd000010024400020000000000000011 80")
  .replace("20010db8001800000000000000000102", "0".repeat(32))
  .replace("00000003", "00000001");
const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "routes pod default/a": seen.routes(seen.staticDefault),
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
    "routes node n2": seen.routes(seen.toN1, seen.blackholeN2),
    "dial node n2": { ok: false, text: "nc: Invalid argument", ms: 0, tool: "nc" },
    "policy-rules": [],
  },
} as const;

describe("local-pod-route-missing", () => {
  it("the node rejects its own block, and has no route to the pod in it", () => {
    const { status, because } = judge("local-pod-route-missing", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n2/);
  });
  variants("local-pod-route-missing", given, {
    "the pod has its route: a block's blackhole is normal": [
      { "routes node n2": seen.routes(seen.toN1, seen.blackholeN2, podRoute) },
      "excluded",
    ],
    "Felix is told to do no IPv6": [
      {
        "daemon-sets": [
          {
            metadata: { name: "calico-node", namespace: "kube-system" },
            spec: { template: { spec: { containers: [{ env: [{ name: "FELIX_IPV6SUPPORT", value: "false" }] }] } } },
          },
        ],
        "calico-felix": [],
      },
      "excluded",
    ],
    "the node itself is not refused: the route is in a table that nobody looks up": [
      { "dial node n2": { ok: false, text: "", ms: 3500, tool: "nc" } },
      "possible",
    ],
    "the rules that choose a table could not be read": [{ "policy-rules": nobody }, "possible"],
    "nobody may look": [{ "routes node n2": nobody }, "unknown"],
  });
});
