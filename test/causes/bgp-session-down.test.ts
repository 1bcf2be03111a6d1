import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseBirdSessions } from "#core/agents/bgp-sessions.ts";
import { birdProtocols, meshDown, meshUp } from "#test/agents/recorded.ts";
import { agentPod, words } from "./agents.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const id = "bgp-session-down";
const dials = [
  { outcome: "timeout", ms: 3500 },
  { outcome: "ok", family: "IPv4", ms: 9 },
] as const;
const bird = (...sessions: string[]) =>
  words({
    version: "3.31.2",
    says: ["BIRD has 0 of 1 IPv6 sessions up"],
    sessions: parseBirdSessions(birdProtocols(...sessions))?.sessions ?? [],
  });
const pool = (vxlanMode: string) => ({ metadata: { name: "six" }, spec: { cidr: "fd00:10:244::/48", vxlanMode } });
const given = {
  dials,
  seen: {
    pods: [agentPod("calico-node-8xk2l", "calico-node")],
    "agent-words": bird(meshDown),
    "calico-pools": [pool("Never")],
    routes: seen.routes(seen.staticDefault),
  },
};

describe(id, () => {
  it("the agent says so, and the node has no route to the other's pods", () => {
    const { status, because } = judge(id, given);
    assert.equal(status, "proven", because);
    assert.equal(
      because,
      "Calico (kube-system/calico-node-8xk2l) on node n1 has its session with 2001:db8:18::102 of node n2 Active (Socket: No route to host), and node n1 has no route to fd00:10:244:2::11 of pod default/b",
    );
    assert.equal(
      judge("route-to-peer-missing", { ...given, seen: { ...given.seen, "routes node n2": seen.routes(seen.toN1) } })
        .status,
      "excluded",
      "one cause for one route",
    );
  });

  variants(id, given, {
    "the session is up": [{ "agent-words": bird(meshUp) }, "excluded"],
    "the route is there all the same": [{ routes: seen.routes(seen.toN2) }, "possible"],
    "the session that is down is another's": [{ "agent-words": bird(meshDown.replace("102", "199")) }, "unknown"],
    "the agent has no BIRD": [{ "agent-words": words({ unread: ["BIRD for IPv6: not there"] }) }, "unknown"],
    "the agent cannot be asked": [{ "agent-words": nobody }, "unknown"],
    "the plugin speaks no BGP": [{ pods: [agentPod("kube-flannel-ds-a", "kube-flannel")] }, "unknown"],
    "its routes are Felix's, of VXLAN": [{ "calico-pools": [pool("Always")] }, "possible"],
    "the pools may not be read": [{ "calico-pools": nobody }, "possible"],
    "the routes cannot be read": [{ routes: nobody }, "unknown"],
  });

  it("leaves a missing route to its own cause where the session is up, or nobody can tell", () => {
    const routed = {
      ...given.seen,
      "routes node n2": seen.routes(seen.toN1),
      dial: { ok: false, text: "", ms: 3500, tool: "nc" },
    };
    for (const said of [bird(meshUp), nobody]) {
      const { status, because } = judge("route-to-peer-missing", { dials, seen: { ...routed, "agent-words": said } });
      assert.equal(status, "proven", because);
    }
  });
});
