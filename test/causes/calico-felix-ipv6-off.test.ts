import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { a, judge, nobody, podObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const daemonSet = (name: string, env: Record<string, string> = {}) => ({
  metadata: { name, namespace: "kube-system" },
  spec: {
    template: { spec: { containers: [{ env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }] } },
  },
});
const gone = <T extends { metadata: object }>(set: T) => ({
  ...set,
  metadata: { ...set.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" },
});
const given = {
  dials: [{ outcome: "timeout", ms: 2000 }],
  seen: {
    "daemon-sets": [daemonSet("calico-node", { FELIX_IPV6SUPPORT: "false" })],
    "calico-felix": [],
    routes: seen.routes(seen.staticDefault),
  },
} as const;

describe("calico-felix-ipv6-off", () => {
  it("names what turned it off: the DaemonSet or the FelixConfiguration", () => {
    assert.equal(judge("calico-felix-ipv6-off", given).status, "proven");
    const resource = {
      "daemon-sets": [daemonSet("calico-node")],
      "calico-felix": [{ metadata: { name: "default" }, spec: { ipv6Support: false } }],
      routes: seen.routes(),
    };
    const { because } = judge("calico-felix-ipv6-off", { ...given, seen: resource });
    assert.match(because, /FelixConfiguration default/);
    const unreadable = { ...resource, "calico-felix": nobody };
    assert.equal(judge("calico-felix-ipv6-off", { ...given, seen: unreadable }).status, "possible");
  });
  variants("calico-felix-ipv6-off", given, {
    "somebody routes to the pod": [{ routes: seen.routes(seen.toPodB) }, "excluded"],
    "the routes could not be read": [{ routes: nobody }, "possible"],
  });
  it("reads the configuration of the pod's node, then the one for all, and no other", () => {
    const told = (...configurations: readonly (readonly [string, boolean])[]) =>
      judge("calico-felix-ipv6-off", {
        ...given,
        seen: {
          ...given.seen,
          "daemon-sets": [daemonSet("calico-node")],
          "calico-felix": configurations.map(([name, ipv6Support]) => ({ metadata: { name }, spec: { ipv6Support } })),
        },
      }).status;
    assert.equal(told(["node.n1", false]), "excluded", "another node's");
    assert.equal(told(["old", false]), "excluded", "nobody reads it");
    assert.equal(told(["default", false], ["node.n2", true]), "excluded");
    assert.equal(told(["default", true], ["node.n2", false]), "proven");
  });
  it("is not about a pod in its node's network, which needs no route", () => {
    const pods = [a, podObject("b", "n2", ["2001:db8:18::102"], { hostNetwork: true })];
    assert.equal(judge("calico-felix-ipv6-off", { ...given, pods }).status, "excluded");
  });
  it("is not of an agent that is left over and runs nowhere", () => {
    const [set] = given.seen["daemon-sets"];
    for (const left of [{ ...set, status: { desiredNumberScheduled: 0 } }, gone(set)])
      assert.equal(
        judge("calico-felix-ipv6-off", { ...given, seen: { ...given.seen, "daemon-sets": [left] } }).status,
        "excluded",
      );
  });
  it("is not it where the dial is answered", () =>
    assert.equal(judge("calico-felix-ipv6-off", { ...given, dials: [{ outcome: "ok" }] }).status, "excluded"));
});
