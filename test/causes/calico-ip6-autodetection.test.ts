import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const daemonSet = (name: string, env: Record<string, string> = {}) => ({
  metadata: { name, namespace: "kube-system" },
  spec: {
    template: { spec: { containers: [{ env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }] } },
  },
});

describe("calico-ip6-autodetection", () => {
  it("IP6 unset, and nodes without the annotation", () => {
    const sets = { "daemon-sets": [daemonSet("calico-node", { IP: "autodetect" })] };
    const unset = { ...sets, routes: seen.routes(seen.staticDefault) };
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: unset }).status, "proven");
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: sets }).status, "possible", "no routes seen");
    const other = { ...sets, routes: seen.routes(seen.toN2) };
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: other }).status, "excluded");
    const set = { "daemon-sets": [daemonSet("calico-node", { IP6: "autodetect" })] };
    assert.equal(judge("calico-ip6-autodetection", { dials: silent, seen: set }).status, "excluded");
  });
});
