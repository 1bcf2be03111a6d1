import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ciliumMonitor } from "#test/agents/recorded.ts";
import { cilium, dropsOf, words } from "./agents.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const id = "cilium-without-masquerade";
const dials = [{ outcome: "timeout", scope: "outside", ms: 3500 }] as const;
const config = (value?: string) => ({
  metadata: { name: "cilium-config" },
  data: value === undefined ? {} : { "enable-ipv6-masquerade": value },
});
const given = {
  dials,
  seen: {
    pods: [cilium],
    routes: seen.routes(seen.staticDefault),
    dial: { ok: true, ms: 10, tool: "bash", text: "" },
    "agent-words": words({ masqueradesIPv6: false }),
    "config-map": config(),
    "agent-drops": dropsOf(ciliumMonitor.silent),
  },
};
const toOutside = ciliumMonitor.policy.replace("[fd00:10:244:2::11]:8080", "[2001:db8:ffff::1]:8080");

describe(id, () => {
  it("the node gets out, the pod does not, and the agent says that it does not masquerade", () => {
    const { status, because } = judge(id, given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /^node n1 reaches 2001:db8:ffff::1, the pod does not; Cilium .* says that it does not masquerade IPv6/,
    );
  });

  variants(id, given, {
    "it says that it masquerades": [{ "agent-words": words({ masqueradesIPv6: true }) }, "excluded"],
    "it does not say": [{ "agent-words": words({}) }, "unknown"],
    "it cannot be asked": [{ "agent-words": nobody }, "unknown"],
    "it is told not to": [{ "config-map": config("false") }, "excluded"],
    "nobody may see what it is told": [{ "config-map": nobody }, "unknown"],
    "the node does not get out either": [{ dial: { ok: false, ms: 2000, tool: "bash", text: "" } }, "unknown"],
    "Cilium drops the connection": [{ "agent-drops": dropsOf(toOutside, "2001:db8:ffff::1") }, "excluded"],
    "nobody listened to what Cilium drops": [{ "agent-drops": nobody }, "possible"],
  });
});
